//! Trace and span ids: from the configured generator, else from a fast generator of this thread, seeded by the operating system.

use super::{Engine, Home, local};
use opentelemetry::{SpanId, TraceId};
use std::hash::{BuildHasher as _, RandomState};

pub(crate) fn trace_id(home: &Home) -> TraceId {
    match home {
        Home::Capture(capture) => capture.next_trace_id(),
        Home::Engine => match Engine::get().and_then(|engine| engine.id_generator.as_ref()) {
            Some(generator) => generator.new_trace_id(),
            None => random_trace_id(),
        },
    }
}

pub(crate) fn span_id(home: &Home) -> SpanId {
    match home {
        Home::Capture(capture) => capture.next_span_id(),
        Home::Engine => match Engine::get().and_then(|engine| engine.id_generator.as_ref()) {
            Some(generator) => generator.new_span_id(),
            None => SpanId::from(random()),
        },
    }
}

pub(crate) fn random_trace_id() -> TraceId {
    TraceId::from((u128::from(random()) << 64) | u128::from(random()))
}

/// Never zero: an id of zeros is invalid.
fn random() -> u64 {
    local::with_random(local::id).unwrap_or_else(|| seed() | 1)
}

/// A seed from the operating system: the keys that the standard library's hash maps get.
pub(crate) fn seed() -> u64 {
    RandomState::new().hash_one(std::thread::current().id())
}
