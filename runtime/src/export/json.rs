//! In: finished spans and their resource. Out: the same as one OTLP JSON object, by way of `opentelemetry-proto`'s structs.

use opentelemetry_proto::tonic::trace::v1::TracesData;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;

/// What a collector takes at `/v1/traces` and what a line of a file holds are the same object.
pub(super) fn request(resource: &Resource, spans: Vec<SpanData>) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&TracesData { resource_spans: group_spans_by_resource_and_scope(spans, &resource.into()) })
}
