//! rdkafka's headers: a list of names and bytes that may hold a name more than once and values that are null.
//! Read: without regard to case, the last of a name, if it is UTF-8. Written: entries of the same name are replaced; all others stay as
//! they are, byte for byte. A record without headers is given some.

use super::collected::Collected;
use super::{Extract, Inject, ViaOwn};
use opentelemetry::propagation::{Extractor, Injector};
use rdkafka::message::{BorrowedHeaders, Header, Headers, OwnedHeaders};
use std::panic::{AssertUnwindSafe, catch_unwind};

struct Records<'a, H>(&'a H);

impl<H: Headers> Extractor for Records<'_, H> {
    fn get(&self, key: &str) -> Option<&str> {
        let last =
            (0..self.0.count()).rev().filter_map(|index| header(self.0, index)).find(|header| header.key.eq_ignore_ascii_case(key))?;
        core::str::from_utf8(last.value?).ok()
    }

    fn keys(&self) -> Vec<&str> {
        (0..self.0.count()).filter_map(|index| header(self.0, index)).map(|header| header.key).collect()
    }
}

/// One header; `None` if its name is not UTF-8, which rdkafka 0.39 answers with a panic (`BorrowedHeaders::try_get`).
fn header<H: Headers>(headers: &H, index: usize) -> Option<Header<'_, &[u8]>> {
    catch_unwind(AssertUnwindSafe(|| headers.try_get(index))).ok().flatten()
}

macro_rules! readable {
    ($($headers:ty),*) => {
        $(impl Extract<ViaOwn> for $headers {
            fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
                read(&Records(self));
            }
        })*
    };
}

readable!(OwnedHeaders, BorrowedHeaders);

impl Extract<ViaOwn> for Option<OwnedHeaders> {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        if let Some(headers) = self {
            headers.with_extractor(read);
        }
    }
}

impl Inject<ViaOwn> for OwnedHeaders {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut collected = Collected::default();
        write(&mut collected);
        let headers = core::mem::take(self);
        let kept = if replaced(&headers, &collected) { without(&headers, &collected) } else { headers };
        *self = collected.0.iter().fold(kept, |headers, (key, value)| headers.insert(Header { key, value: Some(value) }));
    }
}

impl Inject<ViaOwn> for Option<OwnedHeaders> {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut collected = Collected::default();
        write(&mut collected);
        if !collected.0.is_empty() {
            let headers = self.get_or_insert_default();
            headers.with_injector(&mut |injector| collected.0.iter().for_each(|(key, value)| injector.set(key, value.clone())));
        }
    }
}

/// Whether the list must be made anew. One with a name that cannot be read cannot be: there the new entry comes last, and the last counts.
fn replaced(headers: &OwnedHeaders, collected: &Collected) -> bool {
    let names: Option<Vec<&str>> = (0..headers.count()).map(|index| header(headers, index).map(|header| header.key)).collect();
    names.is_some_and(|names| names.iter().any(|name| collected.replaces(name)))
}

fn without(headers: &OwnedHeaders, collected: &Collected) -> OwnedHeaders {
    let kept = headers.iter().filter(|header| !collected.replaces(header.key));
    kept.fold(OwnedHeaders::new_with_capacity(headers.count()), OwnedHeaders::insert)
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;
    use crate::propagation::{extract, inject_context};
    use opentelemetry::Context;
    use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};

    fn context() -> Context {
        let ids = (TraceId::from(0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736), SpanId::from(0x00f0_67aa_0ba9_02b7));
        Context::new().with_remote_span_context(SpanContext::new(ids.0, ids.1, TraceFlags::SAMPLED, true, TraceState::NONE))
    }

    fn with(headers: &[(&str, Option<&[u8]>)]) -> OwnedHeaders {
        headers.iter().fold(OwnedHeaders::new(), |all, &(key, value)| all.insert(Header { key, value }))
    }

    fn all(headers: &OwnedHeaders) -> Vec<(String, Option<Vec<u8>>)> {
        headers.iter().map(|header| (header.key.to_owned(), header.value.map(<[u8]>::to_vec))).collect()
    }

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn other_headers_stay_byte_for_byte_and_the_own_are_replaced() {
        let ((), _) = crate::testing::capture(|| {
            let others: [(&str, Option<&[u8]>); 5] =
                [("a", Some(b"1")), ("a", Some(b"2")), ("null", None), ("empty", Some(b"")), ("binary", Some(b"\xff\x00\xfe"))];
            let mut headers = with(&others);
            headers = headers.insert(Header { key: "TraceParent", value: Some("old") });
            inject_context(&context(), &mut headers);
            let mut expected = all(&with(&others));
            expected.push(("traceparent".to_owned(), Some(PARENT.into())));
            assert_eq!(all(&headers), expected);
            inject_context(&context(), &mut headers);
            assert_eq!(all(&headers), expected);
        });
    }

    #[test]
    fn the_last_of_a_name_counts_whatever_its_case() {
        let ((), _) = crate::testing::capture(|| {
            let headers = with(&[("traceparent", Some(b"rubbish")), ("Traceparent", Some(PARENT.as_bytes()))]);
            assert_eq!(extract(&headers).span().span_context().trace_id().to_string(), PARENT[3..35]);
            let headers = with(&[("traceparent", Some(PARENT.as_bytes())), ("traceparent", Some(b"\xff"))]);
            assert!(!extract(&headers).span().span_context().is_valid());
        });
    }

    #[test]
    fn a_record_without_headers_is_given_some() {
        let ((), _) = crate::testing::capture(|| {
            let mut headers: Option<OwnedHeaders> = None;
            inject_context(&Context::new(), &mut headers);
            assert!(headers.is_none());
            inject_context(&context(), &mut headers);
            assert_eq!(headers.map_or(0, |headers| headers.count()), 1);
        });
    }
}
