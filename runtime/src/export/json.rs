//! In: finished spans and their resource. Out: the same as one OTLP JSON object, by way of `opentelemetry-proto`'s structs. JSON has no
//! numbers that are none: `NaN` and the infinities become texts.

use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_proto::tonic::trace::v1::TracesData;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;
use std::io;
use struson::writer::{JsonStreamWriter, JsonWriter};

/// What a collector takes at `/v1/traces` and what a line of a file holds are the same object.
pub(super) fn request(resource: &Resource, mut spans: Vec<SpanData>) -> io::Result<Vec<u8>> {
    spans.iter_mut().for_each(spell_numbers_out);
    let mut bytes = Vec::new();
    let mut writer = JsonStreamWriter::new(&mut bytes);
    let traces = TracesData { resource_spans: group_spans_by_resource_and_scope(spans, &resource.into()) };
    writer.serialize_value(&traces).map_err(io::Error::other)?;
    writer.finish_document()?;
    Ok(bytes)
}

fn spell_numbers_out(span: &mut SpanData) {
    let events = span.events.events.iter_mut().flat_map(|event| &mut event.attributes);
    let links = span.links.links.iter_mut().flat_map(|link| &mut link.attributes);
    for KeyValue { value, .. } in span.attributes.iter_mut().chain(events).chain(links) {
        match value {
            Value::F64(number) if !number.is_finite() => *value = Value::String(spelled(*number)),
            Value::Array(Array::F64(numbers)) if numbers.iter().any(|number| !number.is_finite()) => {
                *value = Value::Array(Array::String(numbers.iter().copied().map(spelled).collect()));
            }
            _ => {}
        }
    }
}

fn spelled(number: f64) -> StringValue {
    number.to_string().replace("inf", "Infinity").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::span;

    #[test]
    fn numbers_that_json_cannot_say_are_texts() {
        let mut span = span(1, 0, "measure", (0, 1));
        span.attributes = vec![
            KeyValue::new("ratio", f64::NAN),
            KeyValue::new("limits", Value::Array(Array::F64(vec![-0.5, f64::NEG_INFINITY]))),
            KeyValue::new("text", "\u{1}\"\u{10348}"),
        ];
        let bytes = request(&Resource::builder_empty().build(), vec![span]).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let attributes = &json["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"];
        assert_eq!(attributes[0]["value"]["stringValue"], "NaN");
        let limits = &attributes[1]["value"]["arrayValue"]["values"];
        assert_eq!((&limits[0]["stringValue"], &limits[1]["stringValue"]), (&"-0.5".into(), &"-Infinity".into()));
        assert_eq!(attributes[2]["value"]["stringValue"], "\u{1}\"\u{10348}");
    }
}
