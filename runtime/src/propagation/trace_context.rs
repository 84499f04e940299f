//! W3C Trace Context, level 2: `traceparent` and `tracestate`.
//! Written here because the SDK's propagator accepts values that the specification calls invalid and sends an empty `tracestate`.

use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceState};
use opentelemetry::{Context, SpanId, TraceFlags, TraceId};
use std::sync::LazyLock;

const TRACEPARENT: &str = "traceparent";
const TRACESTATE: &str = "tracestate";
/// Sampled and random; the other bits are not ours to pass on.
const FLAGS: u8 = 0b11;
/// The length of a version 00 `traceparent`.
const LENGTH: usize = 55;
const MAX_MEMBERS: usize = 32;

/// The propagator of the W3C Trace Context specification.
#[derive(Debug)]
pub(crate) struct TraceContext;

impl TextMapPropagator for TraceContext {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        let span = context.span();
        let span_context = span.span_context();
        if !span_context.is_valid() {
            return;
        }
        let flags = span_context.trace_flags().to_u8() & FLAGS;
        injector.set(TRACEPARENT, format!("00-{}-{}-{flags:02x}", span_context.trace_id(), span_context.span_id()));
        let state = span_context.trace_state().header();
        if !state.is_empty() {
            injector.set(TRACESTATE, state);
        }
    }

    fn extract_with_context(&self, context: &Context, extractor: &dyn Extractor) -> Context {
        match remote(extractor) {
            Some(remote) => context.with_remote_span_context(remote),
            None => context.clone(),
        }
    }

    fn fields(&self) -> FieldIter<'_> {
        static FIELDS: LazyLock<[String; 2]> = LazyLock::new(|| [TRACEPARENT.to_owned(), TRACESTATE.to_owned()]);
        FieldIter::new(&*FIELDS)
    }
}

fn remote(extractor: &dyn Extractor) -> Option<SpanContext> {
    let parents = extractor.get_all(TRACEPARENT)?;
    let [parent] = parents[..] else { return None };
    let (trace_id, span_id, flags) = parse_parent(parent.trim_matches([' ', '\t']))?;
    let state = extractor.get_all(TRACESTATE).and_then(|headers| parse_state(&headers)).unwrap_or_default();
    Some(SpanContext::new(trace_id, span_id, flags, true, state))
}

/// `version "-" trace-id "-" parent-id "-" trace-flags`; a higher version may go on after another `-`.
fn parse_parent(text: &str) -> Option<(TraceId, SpanId, TraceFlags)> {
    let bytes = text.as_bytes();
    let later_version = bytes.len() > LENGTH && bytes[LENGTH] == b'-';
    if bytes.len() != LENGTH && !later_version {
        return None;
    }
    if [2, 35, 52].iter().any(|&dash| bytes[dash] != b'-') {
        return None;
    }
    let version = hex(bytes.get(..2)?)?;
    if version == 0xff || (version == 0 && later_version) {
        return None;
    }
    let trace_id = hex(bytes.get(3..35)?).filter(|&id| id != 0)?;
    let span_id = hex(bytes.get(36..52)?).filter(|&id| id != 0)?;
    let flags = hex(bytes.get(53..55)?)?;
    let flags = TraceFlags::new(u8::try_from(flags).ok()? & FLAGS);
    Some((TraceId::from(trace_id), SpanId::from(u64::try_from(span_id).ok()?), flags))
}

/// Lower-case hexadecimal digits only, as the specification has it.
fn hex(digits: &[u8]) -> Option<u128> {
    digits.iter().try_fold(0, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some((number << 4) | u128::from(value))
    })
}

/// All members of all headers, in order; `None` if any of them is invalid.
fn parse_state(headers: &[&str]) -> Option<TraceState> {
    let mut members: Vec<(&str, &str)> = Vec::new();
    for member in headers.iter().flat_map(|header| header.split(',')) {
        let member = member.trim_matches([' ', '\t']);
        if member.is_empty() {
            continue;
        }
        let (key, value) = member.split_once('=')?;
        let known = members.iter().any(|(earlier, _)| *earlier == key);
        if known || members.len() == MAX_MEMBERS || !valid_key(key) || !valid_value(value) {
            return None;
        }
        members.push((key, value));
    }
    TraceState::from_key_value(members).ok()
}

fn valid_key(key: &str) -> bool {
    let valid = |part: &str, most: usize, digit_first: bool| {
        let mut bytes = part.bytes();
        let first = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase() || (digit_first && byte.is_ascii_digit()));
        first && part.len() <= most && bytes.all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/'))
    };
    match key.split_once('@') {
        None => valid(key, 256, true),
        Some((tenant, system)) => valid(tenant, 241, true) && valid(system, 14, false),
    }
}

fn valid_value(value: &str) -> bool {
    (1..=256).contains(&value.len()) && value.bytes().all(|byte| matches!(byte, 0x20..=0x7e) && byte != b'=') && !value.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    fn accepted(parent: &str) -> bool {
        parse_parent(parent).is_some()
    }

    #[test]
    fn traceparents_are_read_as_the_specification_says() {
        assert!(accepted(&format!("00-{TRACE}-{SPAN}-01")));
        assert!(accepted(&format!("cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like")));
        assert!(accepted(&format!("cc-{TRACE}-{SPAN}-01")));
        for bad in [
            format!("00-{TRACE}-{SPAN}-01-more"),
            format!("cc-{TRACE}-{SPAN}-01.more"),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-{SPAN}-1"),
            format!("00-{TRACE}-{}-01", "0".repeat(16)),
            format!("00-{}-{SPAN}-01", "0".repeat(32)),
            format!("0-{TRACE}-{SPAN}-01"),
            format!("00-{TRACE}-{SPAN}-0G"),
            "é".repeat(28),
            String::new(),
        ] {
            assert!(!accepted(&bad), "{bad}");
        }
    }

    #[test]
    fn tracestates_are_read_as_the_specification_says() {
        let state = |headers: &[&str]| parse_state(headers).map(|state| state.header());
        assert_eq!(state(&["foo=1 ,\t bar=2", "", "baz=3,"]).as_deref(), Some("foo=1,bar=2,baz=3"));
        assert_eq!(state(&["0tenant@sys=a b"]).as_deref(), Some("0tenant@sys=a b"));
        for bad in ["foo", "foo=1,foo=2", "Foo=1", "foo@=1", "foo@1=1", "foo=a=b", "foo=", "é=1", &"a".repeat(257)] {
            assert_eq!(state(&[bad]), None, "{bad}");
        }
        let many: Vec<String> = (0..33).map(|n| format!("k{n}=v")).collect();
        assert_eq!(state(&[&many.join(",")]), None);
        assert!(state(&[&many[..32].join(",")]).is_some());
    }
}
