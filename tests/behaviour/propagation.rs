//! Contexts in and out of carriers; what is malformed begins a new trace.

use std::collections::{BTreeMap, HashMap};
use traced::testing::capture;
use traced::traced;

const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[traced(from = headers)]
fn handle(headers: &HashMap<String, String>) -> Option<String> {
    traced::trace_id().map(|id| id.to_string())
}

#[traced(into = headers)]
fn call(headers: &mut BTreeMap<String, String>) -> String {
    let injected = headers["traceparent"].clone();
    assert!(injected.contains(&traced::span_id().expect("a span").to_string()), "the new span is what is injected");
    injected
}

#[test]
fn the_parent_comes_out_of_the_headers() {
    let headers = HashMap::from([("traceparent".to_owned(), PARENT.to_owned())]);
    let (id, trace) = capture(|| handle(&headers));
    assert_eq!(id.as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    assert_eq!(trace.tree(), "handle\n");
}

#[test]
fn malformed_parents_begin_a_new_trace() {
    let zero = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
    for bad in ["", "00", "garbage", zero, "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4BF92F-1-01", "\u{fe}\u{0}"] {
        let headers = HashMap::from([("traceparent".to_owned(), bad.to_owned())]);
        let (id, _) = capture(|| handle(&headers));
        assert_eq!(id.as_deref(), Some("00000000000000000000000000000001"), "{bad:?}");
    }
}

#[test]
fn the_new_spans_context_goes_into_the_headers() {
    let mut headers = BTreeMap::from([("Traceparent".to_owned(), "old".to_owned()), ("other".to_owned(), "kept".to_owned())]);
    let (injected, trace) = capture(|| call(&mut headers));
    assert!(injected.ends_with("-01"));
    assert_eq!(trace.tree(), "call\n");
    assert_eq!(headers.keys().collect::<Vec<_>>(), ["other", "traceparent"], "replaced, not doubled");
}

#[test]
fn pairs_are_read_and_written_without_regard_to_case() {
    let mut headers = vec![("TraceParent".to_owned(), PARENT.to_owned())];
    let ((), _) = capture(|| {
        let _remote = traced::extract(&headers).attach();
        assert_eq!(traced::trace_id().expect("extracted").to_string(), "4bf92f3577b34da6a3ce929d0e0e4736");
        headers.clear();
        traced::inject(&mut headers);
    });
    assert_eq!(headers, [("traceparent".to_owned(), PARENT.to_owned())]);
}
