//! async-nats' headers. Read: without regard to case - its own look-up has one - and the last of a name. Written: entries of the same name
//! are replaced, all others stay, duplicates too. A message without headers is given some.

use super::collected::Collected;
use super::{Extract, Inject, ViaOwn};
use async_nats::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::propagation::{Extractor, Injector};

struct Map<'a>(&'a HeaderMap);

impl Extractor for Map<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let named = |exact: bool| {
            self.0.iter().find(|(name, _)| {
                let name: &str = name.as_ref();
                if exact { name == key } else { name.eq_ignore_ascii_case(key) }
            })
        };
        let (_, values) = named(true).or_else(|| named(false))?;
        values.last().map(HeaderValue::as_str)
    }

    fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| name.as_ref()).collect()
    }
}

impl Extract<ViaOwn> for HeaderMap {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(&Map(self));
    }
}

impl Extract<ViaOwn> for Option<HeaderMap> {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        if let Some(headers) = self {
            headers.with_extractor(read);
        }
    }
}

impl Inject<ViaOwn> for HeaderMap {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut collected = Collected::default();
        write(&mut collected);
        if self.iter().any(|(name, _)| collected.replaces(name.as_ref())) {
            *self = without(self, &collected);
        }
        for (key, value) in collected.0 {
            // NATS has no way to write any other name or value; async-nats would panic.
            if let (Ok(key), Ok(value)) = (key.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                self.insert(key, value);
            }
        }
    }
}

impl Inject<ViaOwn> for Option<HeaderMap> {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut headers = self.take().unwrap_or_default();
        headers.with_injector(write);
        *self = Some(headers).filter(|headers| !headers.is_empty());
    }
}

fn without(headers: &HeaderMap, collected: &Collected) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, values) in headers.iter().filter(|(name, _)| !collected.replaces(name.as_ref())) {
        for value in values {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;
    use crate::propagation::{extract, inject};
    use crate::testing::capture;
    use opentelemetry::trace::TraceContextExt as _;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn headers_are_read_whatever_their_case() {
        let ((), _) = capture(|| {
            let mut headers = HeaderMap::new();
            headers.insert("TraceParent", PARENT);
            assert!(extract(&headers).span().span_context().is_valid());
            headers.append("TraceParent", "rubbish");
            assert!(!extract(&headers).span().span_context().is_valid());
        });
    }

    #[test]
    fn other_headers_stay_and_the_own_are_replaced() {
        let ((), _) = capture(|| {
            let mut headers = HeaderMap::new();
            headers.append("a", "1");
            headers.append("a", "2");
            headers.insert("Traceparent", "old");
            let mut message = Some(headers);
            let mut span = crate::span!("publish");
            span.in_scope(|| inject(&mut message));
            let headers = message.expect("headers");
            assert_eq!(headers.get_all("a").map(HeaderValue::as_str).collect::<Vec<_>>(), ["1", "2"]);
            assert_eq!(headers.len(), 2);
            assert!(extract(&headers).span().span_context().is_valid());
        });
    }
}
