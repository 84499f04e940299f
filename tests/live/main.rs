//! Traces through real brokers, compared as text. In: the addresses that `tests/services/run` leaves in the environment. A broker that is
//! not there is a failure.

// A handler that only has to run does little, and `async` all the same.
#![allow(missing_docs, clippy::unused_async)]

mod kafka;
mod nats;
mod rabbitmq;

use std::collections::HashSet;
use traced::testing::{Span, Trace};

/// Messages that go the whole way.
const MESSAGES: usize = 1000;
/// Messages of one batch.
const BATCH: usize = 100;

/// The address of a service.
fn address(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run `tests/services/run`"))
}

/// A name that no other run has used: a broker may live longer than one.
fn unique(name: &str) -> String {
    let now = std::time::UNIX_EPOCH.elapsed().expect("a clock after 1970");
    format!("{name}-{:x}", now.as_nanos())
}

/// The trees of a capture, one a trace.
fn trees(trace: &Trace) -> Vec<String> {
    let mut trees: Vec<String> = Vec::new();
    for line in trace.tree().lines() {
        if !line.starts_with(' ') {
            trees.push(String::new());
        }
        let tree = trees.last_mut().expect("the first line is a root");
        tree.push_str(line);
        tree.push('\n');
    }
    trees
}

/// Each message has a trace of its own, and each is as expected.
#[track_caller]
fn assert_traces(trace: &Trace, expected: impl Fn(usize) -> String) {
    let ids: HashSet<_> = trace.roots().iter().map(|root| root.context().trace_id()).collect();
    assert_eq!(ids.len(), MESSAGES);
    let trees = trees(trace);
    assert_eq!(trees.len(), MESSAGES);
    for (index, tree) in trees.iter().enumerate() {
        assert_eq!(*tree, expected(index));
    }
}

/// One span with a link to every message, each in a trace of its own.
#[track_caller]
fn assert_batch(batch: Span<'_>) {
    let linked: HashSet<_> = batch.links().iter().map(|link| link.span_context.trace_id()).collect();
    assert_eq!(linked.len(), BATCH);
    assert!(batch.parent().is_none());
    assert_eq!(batch.attribute("messaging.batch.message_count"), Some(&(i64::try_from(BATCH).expect("small")).into()));
}
