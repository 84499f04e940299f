//! A message of any bus, by its metadata alone: a map of text that travels with it.

use super::{Carrier, Description, Message, Outgoing};
use crate::propagation::inject_context;
use core::borrow::{Borrow, BorrowMut};
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, Injector};
use std::borrow::Cow;
use std::collections::HashMap;

/// A message known by its metadata: owned when it is published, owned or borrowed when it is handled.
///
/// ```
/// use std::collections::HashMap;
/// use traced::messaging::{Metadata, handle};
///
/// struct Event { metadata: HashMap<String, String>, order: String }
///
/// # async fn ship(_: &str) -> Result<(), std::io::Error> { Ok(()) }
/// # async fn on_event(event: Event) -> Result<(), std::io::Error> {
/// handle(Metadata::of("in-process", "orders", &event.metadata), |_| ship(&event.order)).await
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Metadata<M = HashMap<String, String>> {
    /// The entries, the context among them.
    pub entries: M,
    system: Cow<'static, str>,
    destination: Cow<'static, str>,
}

impl Metadata {
    /// A new message of `system` to `destination`, without any entry yet.
    pub fn new(system: impl Into<Cow<'static, str>>, destination: impl Into<Cow<'static, str>>) -> Self {
        Self::of(system, destination, HashMap::new())
    }
}

impl<M> Metadata<M> {
    /// A message with these entries: a `HashMap<String, String>`, `&` or `&mut` of one.
    pub fn of(system: impl Into<Cow<'static, str>>, destination: impl Into<Cow<'static, str>>, entries: M) -> Self {
        Self { entries, system: system.into(), destination: destination.into() }
    }

    fn describe(&self) -> Description<'_> {
        Description::new(&*self.system, &*self.destination)
    }
}

impl<M: Borrow<HashMap<String, String>>> Message for Metadata<M> {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::reading(Entries(self.entries.borrow()))
    }

    fn description(&self) -> Description<'_> {
        self.describe()
    }
}

impl<M: BorrowMut<HashMap<String, String>>> Outgoing for Metadata<M> {
    fn description(&self) -> Description<'_> {
        self.describe()
    }

    fn carrier(&self) -> Carrier<'_> {
        Message::carrier(self)
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut EntriesMut(self.entries.borrow_mut()));
    }
}

/// A map read without regard to the case of its keys: other programs wrote it.
struct Entries<'a>(&'a HashMap<String, String>);

impl Extractor for Entries<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let other_case = || self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value);
        self.0.get(key).or_else(other_case).map(String::as_str)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

/// A map in which an entry replaces its like of any case.
struct EntriesMut<'a>(&'a mut HashMap<String, String>);

impl Injector for EntriesMut<'_> {
    fn set(&mut self, key: &str, value: String) {
        self.0.retain(|known, _| !known.eq_ignore_ascii_case(key));
        self.0.insert(key.to_owned(), value);
    }
}
