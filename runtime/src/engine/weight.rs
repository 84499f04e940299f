//! About how much memory a span takes, for what is bounded by bytes. In: a decoded span. Out: bytes; a text that lives for the program
//! counts too, because a key does not tell.

use core::mem::size_of;
use opentelemetry::trace::{Event, Link, Status};
use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::SpanData;

pub(super) fn bytes(span: &SpanData) -> usize {
    let status = if let Status::Error { description } = &span.status { description.len() } else { 0 };
    let events: usize = span.events.iter().map(event).sum();
    let links: usize = span.links.iter().map(link).sum();
    size_of::<SpanData>() + span.name.len() + attributes(&span.attributes) + status + events + links
}

fn event(event: &Event) -> usize {
    size_of::<Event>() + event.name.len() + attributes(&event.attributes)
}

fn link(link: &Link) -> usize {
    size_of::<Link>() + attributes(&link.attributes)
}

fn attributes(attributes: &[KeyValue]) -> usize {
    attributes.iter().map(|attribute| size_of::<KeyValue>() + attribute.key.as_str().len() + value(&attribute.value)).sum()
}

fn value(value: &Value) -> usize {
    match value {
        Value::String(text) => text.as_str().len(),
        Value::Array(Array::Bool(values)) => values.len(),
        Value::Array(Array::I64(values)) => size_of_val(values.as_slice()),
        Value::Array(Array::F64(values)) => size_of_val(values.as_slice()),
        Value::Array(Array::String(values)) => values.iter().map(|text| size_of::<StringValue>() + text.as_str().len()).sum(),
        _ => 0,
    }
}
