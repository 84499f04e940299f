//! Reading and writing the current span, whoever started it: an annotated function, the plain API or another instrumentation.
//! Everything here goes through [`opentelemetry::Context`] and does nothing where no span is recorded.

use super::{Attributes, thread};
use crate::outcome::Failure;
use opentelemetry::trace::{SpanContext, SpanId, SpanRef, Status, TraceContextExt as _, TraceId};
use opentelemetry::{Context, KeyValue};
use std::borrow::Cow;

/// The trace id of the current span, for log lines and responses; `None` outside of any span.
pub fn trace_id() -> Option<TraceId> {
    current(|span| span.is_valid().then(|| span.trace_id()))
}

/// The id of the current span; `None` outside of any span.
pub fn span_id() -> Option<SpanId> {
    current(|span| span.is_valid().then(|| span.span_id()))
}

/// Sets the status of the current span. Ok is final and Error beats Unset, as the specification says.
pub fn set_status(status: Status) {
    on_current(|span| span.set_status(status));
}

/// Gives the current span another name.
pub fn rename(name: impl Into<Cow<'static, str>>) {
    let name = name.into();
    on_current(|span| span.update_name(name));
}

/// Links the current span to another one.
pub fn link(span_context: SpanContext) {
    on_current(|span| span.add_link(span_context, Vec::new()));
}

/// Whether the current span records anything.
pub fn is_recording() -> bool {
    !thread::is_ending() && Context::map_current(|context| context.has_active_span() && context.span().is_recording())
}

/// `record!`: sets attributes of the current span.
pub fn set_attributes(attributes: &Attributes) {
    on_current(|span| span.set_attributes(attributes.key_values()));
}

/// `event!`: adds an event to the current span.
pub fn add_event(name: impl Into<Cow<'static, str>>, attributes: &Attributes) {
    let name = name.into();
    on_current(|span| span.add_event(name, attributes.key_values()));
}

fn current<T>(read: impl FnOnce(&SpanContext) -> Option<T>) -> Option<T> {
    if thread::is_ending() { None } else { Context::map_current(|context| read(context.span().span_context())) }
}

/// A thread that is ending has no current span any more.
fn on_current(run: impl FnOnce(SpanRef<'_>)) {
    if !thread::is_ending() {
        Context::map_current(|context| run(context.span()));
    }
}

/// Records a failure on the current span.
pub(crate) fn record_failure(make: impl FnOnce() -> Failure) {
    if is_recording() {
        let failure = make();
        on_current(|span| record_on(&span, failure));
    }
}

/// `exception` event, status Error with the message, `error.type`.
pub(crate) fn record_on(span: &SpanRef<'_>, failure: Failure) {
    let kind = failure.kind.clone();
    let status = Status::error(failure.message.clone());
    span.add_event("exception", exception(failure));
    span.set_attribute(KeyValue::new("error.type", kind));
    span.set_status(status);
}

/// The attributes of an `exception` event.
pub(crate) fn exception(failure: Failure) -> Vec<KeyValue> {
    let mut attributes = Vec::with_capacity(2 + usize::from(failure.stacktrace.is_some()));
    attributes.push(KeyValue::new("exception.type", failure.kind));
    if !failure.message.is_empty() {
        attributes.push(KeyValue::new("exception.message", failure.message));
    }
    attributes.extend(failure.stacktrace.map(|text| KeyValue::new("exception.stacktrace", text.to_string())));
    attributes
}
