//! Trace and span ids: from the configured generator, else from a fast generator of this thread, seeded by the operating system.

use super::{Engine, Home, local};
use opentelemetry::trace::SpanContext;
use opentelemetry::{SpanId, TraceFlags, TraceId};
use std::hash::{BuildHasher as _, RandomState};

/// W3C Trace Context, level 2: the trace id is random, so that others may sample by it.
pub(crate) const RANDOM: TraceFlags = TraceFlags::new(0x02);

/// The trace id and flags of a span below `parent`, whose sampling is not decided yet; without a valid parent, those of a new trace.
pub(crate) fn trace(parent: &SpanContext, home: &Home) -> (TraceId, TraceFlags) {
    if parent.is_valid() {
        return (parent.trace_id(), parent.trace_flags());
    }
    match home {
        Home::Capture(capture) => (capture.next_trace_id(), TraceFlags::default()),
        Home::Engine => match Engine::get().and_then(|engine| engine.id_generator.as_ref()) {
            Some(generator) => (generator.new_trace_id(), TraceFlags::default()),
            None => (random_trace_id(), RANDOM),
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
