//! What other programs put into headers: whatever it is, the handler runs, and a context that cannot be read begins a new trace.

use async_nats::HeaderMap;
use lapin::message::Delivery;
use lapin::types::{AMQPValue, FieldTable, LongString};
use lapin::{BasicProperties, types::ShortString};
use rdkafka::Timestamp;
use rdkafka::message::{Header, OwnedHeaders, OwnedMessage};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use traced::messaging::{Carrier, Description, Message};
use traced::testing::capture;
use traced::traced;

#[traced(consumer(message))]
fn handle(message: &impl Message) -> bool {
    traced::trace_id().is_some()
}

/// A message that is nothing but its headers.
struct Bare<C>(C);

impl Message for Bare<BTreeMap<String, Vec<u8>>> {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.0)
    }

    fn description(&self) -> Description<'_> {
        Description::new("kafka", "orders")
    }
}

fn kafka(headers: &[(&str, Option<&[u8]>)]) -> OwnedMessage {
    let headers = headers.iter().fold(OwnedHeaders::new(), |all, &(key, value)| all.insert(Header { key, value }));
    OwnedMessage::new(Some(b"{}".to_vec()), Some(vec![0xff]), "orders".to_owned(), Timestamp::NotAvailable, 0, 7, Some(headers))
}

fn rabbit(headers: &[(&str, &[u8])]) -> Delivery {
    let mut table = FieldTable::default();
    for &(key, value) in headers {
        table.insert(ShortString::from(key), AMQPValue::LongString(LongString::from(value)));
    }
    let mut delivery = Delivery::mock(1, "shop".into(), "orders".into(), false, Vec::new());
    delivery.properties = BasicProperties::default().with_headers(table);
    delivery
}

fn nats(headers: &[(String, String)]) -> async_nats::Message {
    let mut map = HeaderMap::new();
    for (key, value) in headers {
        map.append(key.as_str(), value.as_str());
    }
    let (status, description, reply) = (None, None, None);
    async_nats::Message { subject: "orders".into(), reply, payload: "{}".into(), headers: Some(map), status, description, length: 0 }
}

/// The handler ran, in a trace of its own, with no link to anything.
#[track_caller]
fn assert_new_trace(message: &impl Message) {
    let began = Instant::now();
    let (ran, trace) = capture(|| handle(message));
    assert!(ran);
    let span = trace.roots()[0];
    assert!(span.parent().is_none() && span.links().is_empty(), "{}", trace.tree());
    assert_eq!(span.context().trace_id().to_string().trim_start_matches('0'), "1");
    assert!(began.elapsed() < Duration::from_secs(5));
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

#[test]
fn a_context_that_is_malformed_begins_a_new_trace() {
    let bad: Vec<Vec<u8>> = vec![
        format!("00-{}-{SPAN}-01", "0".repeat(32)).into(),
        format!("00-{TRACE}-{}-01", "0".repeat(16)).into(),
        format!("00-{TRACE}-{SPAN}").into(),
        format!("ff-{TRACE}-{SPAN}-01").into(),
        format!("00-{}-{SPAN}-01", TRACE.to_uppercase()).into(),
        format!("00-{TRACE}-{SPAN}-01,00-{TRACE}-{SPAN}-01").into(),
        vec![0xff; 55],
        Vec::new(),
        vec![b'0'; 1 << 20],
    ];
    for value in bad {
        assert_new_trace(&kafka(&[("traceparent", Some(&value)), ("baggage", Some(&value)), ("tracestate", Some(&value))]));
        assert_new_trace(&rabbit(&[("traceparent", &value), ("baggage", &value), ("tracestate", &value)]));
        assert_new_trace(&Bare(BTreeMap::from([("traceparent".to_owned(), value.clone()), ("baggage".to_owned(), value.clone())])));
        if let Ok(text) = String::from_utf8(value) {
            assert_new_trace(&nats(&[("traceparent".to_owned(), text.clone()), ("baggage".to_owned(), text)]));
        }
    }
}

#[test]
fn ten_thousand_headers_are_no_obstacle() {
    let names: Vec<String> = (0..10_000).map(|n| format!("header-{n}")).collect();
    let of_kafka: Vec<(&str, Option<&[u8]>)> = names.iter().map(|name| (name.as_str(), None)).collect();
    assert_new_trace(&kafka(&of_kafka));
    let of_rabbit: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_new_trace(&rabbit(&of_rabbit));
    assert_new_trace(&nats(&names.iter().map(|name| (name.clone(), String::new())).collect::<Vec<_>>()));
}

#[test]
fn a_handler_that_panics_leaves_its_span_and_the_panic() {
    #[traced(consumer(message))]
    fn on_order(message: &OwnedMessage) {
        panic!("out of stock");
    }
    let (out, trace) = capture(|| catch_unwind(AssertUnwindSafe(|| on_order(&kafka(&[])))));
    assert!(out.is_err());
    let span = trace.span("process orders");
    assert_eq!(span.events()[0].name, "exception");
    assert!(trace.tree().contains("ERROR: out of stock"), "{}", trace.tree());
    assert_eq!(span.attribute("messaging.kafka.offset"), Some(&7.into()));
}
