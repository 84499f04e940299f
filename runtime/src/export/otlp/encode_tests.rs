//! In: one span with everything, and batches that chance made. Out: the same messages and the same bytes as `opentelemetry-proto` makes.

use std::time::{Duration, UNIX_EPOCH};

use fastrand::Rng;
use opentelemetry::trace::{Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{Array, InstrumentationScope, KeyValue, Value};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::transform::trace::tonic::group_spans_by_resource_and_scope;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use prost::Message;

use super::encode::request;
use crate::export::sample::span;

fn assert_same(resource: &Resource, spans: &[SpanData]) {
    let ours = request(resource, spans);
    let theirs = ExportTraceServiceRequest { resource_spans: group_spans_by_resource_and_scope(spans.to_vec(), &resource.into()) };
    assert_eq!(ExportTraceServiceRequest::decode(&*ours).unwrap(), theirs);
    assert_eq!(ours, theirs.encode_to_vec());
}

fn every_value() -> Vec<KeyValue> {
    let values: [Value; 14] = [
        "text".into(),
        "".into(),
        "long".repeat(100).into(),
        true.into(),
        false.into(),
        0.into(),
        (-1).into(),
        i64::MAX.into(),
        0.0.into(),
        f64::MIN.into(),
        Value::Array(Array::String(vec!["a".into(), "".into(), "b".repeat(200).into()])),
        Value::Array(Array::Bool(vec![true, false])),
        Value::Array(Array::I64(vec![0, -1, i64::MIN])),
        Value::Array(Array::F64(Vec::new())),
    ];
    values.into_iter().enumerate().map(|(number, value)| KeyValue::new(format!("key.{number}"), value)).collect()
}

fn context(remote: bool, state: &str) -> SpanContext {
    let flags = TraceFlags::SAMPLED | TraceFlags::new(2);
    SpanContext::new(TraceId::from(0x0102 << 100), SpanId::from(3), flags, remote, state.parse().unwrap())
}

fn events(events: Vec<Event>, dropped: u32) -> SpanEvents {
    let mut list = SpanEvents::default();
    (list.events, list.dropped_count) = (events, dropped);
    list
}

fn links(links: Vec<Link>, dropped: u32) -> SpanLinks {
    let mut list = SpanLinks::default();
    (list.links, list.dropped_count) = (links, dropped);
    list
}

#[test]
fn a_span_with_everything_and_a_bare_one() {
    let resource = Resource::builder_empty().with_schema_url(every_value(), "https://example.com/resource").build();
    let scope = InstrumentationScope::builder("shop").with_version("1.2").with_schema_url("https://example.com/scope");
    let moment = UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789);
    let full = SpanData {
        span_context: context(false, "vendor=span,other=1"),
        parent_span_id: SpanId::from(7),
        parent_span_is_remote: true,
        span_kind: SpanKind::Server,
        attributes: every_value(),
        dropped_attributes_count: 1,
        events: events(vec![Event::new("exception", moment, every_value(), 2), Event::with_name("")], 300),
        links: links(
            vec![Link::new(context(true, "vendor=link"), every_value(), 4), Link::with_context(SpanContext::empty_context())],
            u32::MAX,
        ),
        status: Status::error("it failed"),
        instrumentation_scope: scope.with_attributes(every_value()).build(),
        ..span(2, 0, "checkout", (0, 10))
    };
    let bare = SpanData {
        span_context: SpanContext::empty_context(),
        start_time: UNIX_EPOCH,
        end_time: UNIX_EPOCH - Duration::from_secs(1),
        status: Status::Ok,
        ..span(2, 0, "", (0, 0))
    };
    assert_same(&resource, &[full.clone(), bare.clone(), full]);
    assert_same(&Resource::builder_empty().build(), &[bare]);
    assert_same(&resource, &[]);
}

#[test]
fn batches_of_all_sizes_and_scopes() {
    let mut rng = Rng::with_seed(33);
    for size in [1, 2, 17, 512] {
        for _ in 0..8 {
            let spans: Vec<SpanData> = (0..size).map(|_| any_span(&mut rng)).collect();
            assert_same(&Resource::builder_empty().with_attributes(any_attributes(&mut rng)).build(), &spans);
        }
    }
}

#[test]
fn a_value_whose_lengths_take_four_bytes() {
    let attributes = vec![KeyValue::new("text", "x".repeat(1 << 21)), KeyValue::new("after", 1)];
    let event = Event::new("exception", UNIX_EPOCH, attributes.clone(), 0);
    let large = SpanData { attributes, events: events(vec![event], 0), ..span(2, 0, "large", (0, 10)) };
    assert_same(&Resource::builder_empty().build(), &[span(1, 0, "before", (0, 1)), large, span(3, 0, "after", (0, 1))]);
}

fn any_span(rng: &mut Rng) -> SpanData {
    let context = SpanContext::new(
        TraceId::from(rng.u128(..)),
        SpanId::from(rng.u64(..)),
        TraceFlags::new(rng.u8(..)),
        rng.bool(),
        TraceState::default(),
    );
    let kinds = [SpanKind::Internal, SpanKind::Server, SpanKind::Client, SpanKind::Producer, SpanKind::Consumer];
    SpanData {
        span_context: context.clone(),
        parent_span_id: SpanId::from(rng.u64(..2)),
        parent_span_is_remote: rng.bool(),
        span_kind: rng.choice(kinds).unwrap(),
        name: any_text(rng).into(),
        attributes: any_attributes(rng),
        dropped_attributes_count: rng.u32(..2),
        events: events((0..rng.u8(..3)).map(|_| Event::new(any_text(rng), UNIX_EPOCH, any_attributes(rng), 0)).collect(), rng.u32(..2)),
        links: links((0..rng.u8(..2)).map(|_| Link::new(context.clone(), any_attributes(rng), 0)).collect(), rng.u32(..2)),
        status: rng.choice([Status::Unset, Status::Ok, Status::error(""), Status::error("failed")]).unwrap(),
        instrumentation_scope: InstrumentationScope::builder(["shop", "bank", "post"][rng.usize(..3)]).build(),
        ..span(1, 0, "", (rng.u64(..9), rng.u64(..9)))
    }
}

fn any_attributes(rng: &mut Rng) -> Vec<KeyValue> {
    let values = every_value();
    (0..rng.usize(..5)).map(|_| KeyValue::new(any_text(rng), rng.choice(&values).unwrap().value.clone())).collect()
}

/// Of every length that takes one byte more to write, and the ones beside it.
fn any_text(rng: &mut Rng) -> String {
    let length = rng.choice([0, 5, 100, 126, 127, 128, 129, 1000, 16_383, 16_384]).unwrap();
    "x".repeat(if length > 1000 && rng.u8(..10) > 0 { 3 } else { length })
}
