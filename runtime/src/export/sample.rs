//! In: ids, a name and times. Out: spans for the tests of the exporters.

use std::time::{Duration, UNIX_EPOCH};

use opentelemetry::InstrumentationScope;
use opentelemetry::trace::{SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};

const TRACE: u128 = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736;

pub(crate) fn context(trace: u128, id: u64) -> SpanContext {
    SpanContext::new(TraceId::from(trace), SpanId::from(id), TraceFlags::SAMPLED, false, TraceState::NONE)
}

/// `micros` are the start, after a fixed moment, and the length.
pub(crate) fn span(id: u64, parent: u64, name: &'static str, micros: (u64, u64)) -> SpanData {
    let start_time = UNIX_EPOCH + Duration::from_secs(1_700_000_000) + Duration::from_micros(micros.0);
    SpanData {
        span_context: context(TRACE, id),
        parent_span_id: SpanId::from(parent),
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: name.into(),
        start_time,
        end_time: start_time + Duration::from_micros(micros.1),
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::default(),
    }
}
