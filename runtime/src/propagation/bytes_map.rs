//! A map of names to bytes: the headers of a rskafka `Record`.
//! Read: without regard to case, if the value is UTF-8. Written: an entry of the same name is replaced, all others stay as they are.

use super::{Extract, Inject, ViaOwn};
use opentelemetry::propagation::{Extractor, Injector};
use std::collections::BTreeMap;

type Bytes = BTreeMap<String, Vec<u8>>;

struct Map<'a>(&'a Bytes);

impl Extractor for Map<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let other_case = || self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value);
        core::str::from_utf8(self.0.get(key).or_else(other_case)?).ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

struct MapMut<'a>(&'a mut Bytes);

impl Injector for MapMut<'_> {
    fn set(&mut self, key: &str, value: String) {
        self.0.retain(|known, _| !known.eq_ignore_ascii_case(key));
        self.0.insert(key.to_owned(), value.into_bytes());
    }
}

impl Extract<ViaOwn> for Bytes {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(&Map(self));
    }
}

impl Inject<ViaOwn> for Bytes {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        write(&mut MapMut(self));
    }
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;
    use crate::propagation::{extract, inject};
    use crate::testing::capture;
    use opentelemetry::trace::TraceContextExt as _;

    #[test]
    fn bytes_of_others_stay_and_are_no_obstacle() {
        let ((), _) = capture(|| {
            let mut headers = Bytes::from([("binary".to_owned(), vec![0xff, 0]), ("TraceParent".to_owned(), vec![0xff])]);
            assert!(!extract(&headers).span().span_context().is_valid());
            let mut span = crate::span!("publish");
            span.in_scope(|| inject(&mut headers));
            assert!(extract(&headers).span().span_context().is_valid());
            assert_eq!((headers.len(), headers.get("binary")), (2, Some(&vec![0xff, 0])));
        });
    }
}
