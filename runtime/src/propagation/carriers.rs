//! The carriers that work as they are: those that speak the API, and maps of the standard library that do not.
//! `Via` keeps the two apart, so that neither stands in the other's way; the compiler finds it.

use super::{Extract, Inject};
use opentelemetry::propagation::{Extractor, Injector};
use std::collections::BTreeMap;

/// A carrier that implements the API's traits.
#[derive(Debug)]
pub struct ViaApi;

/// A carrier that this crate knows.
#[derive(Debug)]
pub struct ViaOwn;

impl<C: Injector> Inject<ViaApi> for C {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        write(self);
    }
}

impl<C: Extractor> Extract<ViaApi> for C {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(self);
    }
}

struct Sorted<M>(M);

impl Injector for Sorted<&mut BTreeMap<String, String>> {
    fn set(&mut self, key: &str, value: String) {
        self.0.retain(|known, _| !known.eq_ignore_ascii_case(key));
        self.0.insert(key.to_owned(), value);
    }
}

impl Extractor for Sorted<&BTreeMap<String, String>> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0
            .get(key)
            .or_else(|| self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value))
            .map(String::as_str)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

impl Inject<ViaOwn> for BTreeMap<String, String> {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        write(&mut Sorted(self));
    }
}

impl Extract<ViaOwn> for BTreeMap<String, String> {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(&Sorted(self));
    }
}

struct Pairs<P>(P);

impl Injector for Pairs<&mut Vec<(String, String)>> {
    fn set(&mut self, key: &str, value: String) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        self.0.push((key.to_owned(), value));
    }
}

impl Extractor for Pairs<&[(String, String)]> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value.as_str())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|(key, _)| key.as_str()).collect()
    }
}

impl Inject<ViaOwn> for Vec<(String, String)> {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        write(&mut Pairs(self));
    }
}

impl Extract<ViaOwn> for Vec<(String, String)> {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(&Pairs(self.as_slice()));
    }
}

impl<Via, C: Extract<Via> + ?Sized> Extract<(Via,)> for &C {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        (**self).with_extractor(read);
    }
}

impl<Via, C: Inject<Via> + ?Sized> Inject<(Via,)> for &mut C {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        (**self).with_injector(write);
    }
}
