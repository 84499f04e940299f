//! In: finished spans and their resource. Out: an `ExportTraceServiceRequest` in protobuf, written straight from them: the same bytes that
//! `opentelemetry-proto` makes by way of its own structs.

use std::time::{SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{Event, Link, SpanContext, SpanId, SpanKind, Status};
use opentelemetry::{Array, InstrumentationScope, Key, KeyValue, StringValue, Value};
use opentelemetry_proto::tonic::trace::v1::{SpanFlags, span, status};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;

use super::wire::Writer;

/// Room for a span with a few attributes; more makes the buffer grow.
const USUAL_SPAN: usize = 256;

/// How many bytes the length probably takes: of a span, and of all of them.
const SPAN: usize = 2;
const BATCH: usize = 3;

pub(super) fn request(resource: &Resource, spans: &[SpanData]) -> Vec<u8> {
    let mut out = Writer::with_capacity((spans.len() + 4) * USUAL_SPAN);
    out.long_message(1, BATCH, |out| {
        out.long_message(1, SPAN, |out| attributes(out, 1, resource.iter()));
        for spans in by_scope(spans) {
            out.long_message(2, BATCH, |out| scope_spans(out, &spans));
        }
        out.text(3, resource.schema_url().unwrap_or_default());
    });
    out.into_bytes()
}

/// In order of each scope's first span.
fn by_scope(spans: &[SpanData]) -> Vec<Vec<&SpanData>> {
    let mut groups: Vec<Vec<&SpanData>> = Vec::new();
    for span in spans {
        match groups.iter_mut().find(|group| group[0].instrumentation_scope == span.instrumentation_scope) {
            Some(group) => group.push(span),
            None => groups.push(vec![span]),
        }
    }
    groups
}

fn scope_spans(out: &mut Writer, spans: &[&SpanData]) {
    let scope = &spans[0].instrumentation_scope;
    out.message(1, |out| instrumentation_scope(out, scope));
    for span in spans {
        out.long_message(2, SPAN, |out| write_span(out, span));
    }
    out.text(3, scope.schema_url().unwrap_or_default());
}

fn instrumentation_scope(out: &mut Writer, scope: &InstrumentationScope) {
    out.text(1, scope.name());
    out.text(2, scope.version().unwrap_or_default());
    attributes(out, 3, pairs(scope.attributes()));
}

fn write_span(out: &mut Writer, span: &SpanData) {
    ids(out, &span.span_context);
    if span.parent_span_id != SpanId::INVALID {
        out.bytes(4, &span.parent_span_id.to_bytes());
    }
    out.text(5, &span.name);
    out.varint(6, kind(&span.span_kind) as u64);
    time(out, 7, span.start_time);
    time(out, 8, span.end_time);
    attributes(out, 9, pairs(&span.attributes));
    out.count(10, span.dropped_attributes_count);
    for event in &span.events.events {
        out.long_message(11, SPAN, |out| write_event(out, event));
    }
    out.count(12, span.events.dropped_count);
    for link in &span.links.links {
        out.message(13, |out| write_link(out, link));
    }
    out.count(14, span.links.dropped_count);
    out.message(15, |out| write_status(out, &span.status));
    out.fixed32(16, flags(&span.span_context, span.parent_span_is_remote));
}

fn ids(out: &mut Writer, context: &SpanContext) {
    out.bytes(1, &context.trace_id().to_bytes());
    out.bytes(2, &context.span_id().to_bytes());
    out.text(3, &context.trace_state().header());
}

fn write_event(out: &mut Writer, event: &Event) {
    time(out, 1, event.timestamp);
    out.text(2, &event.name);
    attributes(out, 3, pairs(&event.attributes));
    out.count(4, event.dropped_attributes_count);
}

fn write_link(out: &mut Writer, link: &Link) {
    ids(out, &link.span_context);
    attributes(out, 4, pairs(&link.attributes));
    out.count(5, link.dropped_attributes_count);
    out.fixed32(6, flags(&link.span_context, link.span_context.is_remote()));
}

fn write_status(out: &mut Writer, status: &Status) {
    match status {
        Status::Unset => {}
        Status::Ok => out.varint(3, status::StatusCode::Ok as u64),
        Status::Error { description } => {
            out.text(2, description);
            out.varint(3, status::StatusCode::Error as u64);
        }
    }
}

fn kind(kind: &SpanKind) -> span::SpanKind {
    match kind {
        SpanKind::Internal => span::SpanKind::Internal,
        SpanKind::Server => span::SpanKind::Server,
        SpanKind::Client => span::SpanKind::Client,
        SpanKind::Producer => span::SpanKind::Producer,
        SpanKind::Consumer => span::SpanKind::Consumer,
    }
}

/// The trace flags, and whether the parent or the link's target is in another process.
fn flags(context: &SpanContext, remote: bool) -> u32 {
    let known = u32::from(context.trace_flags().to_u8()) | SpanFlags::ContextHasIsRemoteMask as u32;
    if remote { known | SpanFlags::ContextIsRemoteMask as u32 } else { known }
}

/// Nanoseconds since 1970; a time that 64 bits cannot hold is left out.
fn time(out: &mut Writer, tag: u32, time: SystemTime) {
    let nanos = time.duration_since(UNIX_EPOCH).ok().and_then(|since| u64::try_from(since.as_nanos()).ok());
    if let Some(nanos @ 1..) = nanos {
        out.fixed64(tag, nanos);
    }
}

fn pairs<'a>(attributes: impl IntoIterator<Item = &'a KeyValue>) -> impl Iterator<Item = (&'a Key, &'a Value)> {
    attributes.into_iter().map(|attribute| (&attribute.key, &attribute.value))
}

fn attributes<'a>(out: &mut Writer, tag: u32, attributes: impl Iterator<Item = (&'a Key, &'a Value)>) {
    for (key, value) in attributes {
        out.message(tag, |out| {
            out.text(1, key.as_str());
            out.message(2, |out| write_value(out, value));
        });
    }
}

fn write_value(out: &mut Writer, value: &Value) {
    match value {
        Value::String(value) => string(out, value),
        Value::Bool(value) => boolean(out, *value),
        Value::I64(value) => integer(out, *value),
        Value::F64(value) => float(out, *value),
        Value::Array(array) => out.message(5, |out| match array {
            Array::String(values) => list(out, values, string),
            Array::Bool(values) => list(out, values, |out, value| boolean(out, *value)),
            Array::I64(values) => list(out, values, |out, value| integer(out, *value)),
            Array::F64(values) => list(out, values, |out, value| float(out, *value)),
            // A kind that a later version of the API adds.
            _ => {}
        }),
        _ => {}
    }
}

fn list<T>(out: &mut Writer, values: &[T], mut write: impl FnMut(&mut Writer, &T)) {
    for value in values {
        out.message(1, |out| write(out, value));
    }
}

fn string(out: &mut Writer, value: &StringValue) {
    out.bytes(1, value.as_str().as_bytes());
}

fn boolean(out: &mut Writer, value: bool) {
    out.varint(2, value.into());
}

fn integer(out: &mut Writer, value: i64) {
    out.varint(3, value.cast_unsigned());
}

fn float(out: &mut Writer, value: f64) {
    out.fixed64(4, value.to_bits());
}
