//! Handlers and traced clients on librdkafka's own mock cluster: no broker, the whole way all the same.

use rdkafka::consumer::{BaseConsumer, Consumer as _};
use rdkafka::error::KafkaError;
use rdkafka::message::{Header, Message as _, OwnedHeaders};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{BaseRecord, DefaultProducerContext, FutureRecord, Producer as _, ThreadedProducer};
use rdkafka::{ClientConfig, Offset, TopicPartitionList};
use std::time::Duration;
use traced::kafka::{Consumer, Producer, Received, Reporting};
use traced::testing::{Trace, capture_async};
use traced::traced;

const WAIT: Duration = Duration::from_secs(20);

/// A cluster of one broker with these topics, and the configuration of its clients.
fn cluster(topics: &[&str]) -> (MockCluster<'static, DefaultProducerContext>, ClientConfig) {
    let cluster = MockCluster::new(1).expect("a mock cluster");
    for topic in topics {
        cluster.create_topic(topic, 1, 1).expect("a topic");
    }
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", cluster.bootstrap_servers()).set("linger.ms", "0");
    (cluster, config)
}

fn consumer(config: &ClientConfig, topic: &str) -> Consumer {
    let consumer: Consumer = config.clone().set("group.id", "shipping").set("client.id", "worker").create().expect("a consumer");
    consumer.assign(&from_the_start(topic)).expect("assigned");
    consumer
}

/// Its one partition, without the seconds in which a group finds its members.
fn from_the_start(topic: &str) -> TopicPartitionList {
    let mut partitions = TopicPartitionList::new();
    partitions.add_partition_offset(topic, 0, Offset::Beginning).expect("an offset");
    partitions
}

async fn next(consumer: &Consumer) -> Received {
    tokio::time::timeout(WAIT, consumer.recv()).await.expect("a message in time").expect("a message").detach()
}

#[traced(consumer(order))]
async fn on_order(order: &Received, producer: &Producer) -> Result<(), KafkaError> {
    let key = order.key().expect("a key");
    producer.send(FutureRecord::<[u8], str>::to("shipments").key(key).payload("{}"), WAIT).await.map(drop).map_err(|(error, _)| error)
}

#[traced(consumer(shipment))]
async fn on_shipment(shipment: Received) {
    drop(shipment);
}

/// The tree without the broker's port, which differs from run to run.
fn tree(trace: &Trace) -> String {
    let text = trace.tree();
    let parts: Vec<&str> = text.split(", server.address=127.0.0.1, server.port=").collect();
    parts.iter().enumerate().map(|(at, part)| if at == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) }).collect()
}

#[tokio::test]
async fn one_message_is_one_trace_through_two_topics() {
    let (_cluster, config) = cluster(&["orders", "shipments"]);
    let ((), trace) = capture_async(async {
        let producer: Producer = config.create().expect("a producer");
        producer.send(FutureRecord::to("orders").key("ord-1").payload("{}"), WAIT).await.expect("sent");
        on_order(&next(&consumer(&config, "orders")).await, &producer).await.expect("handled");
        on_shipment(next(&consumer(&config, "shipments")).await).await;
    })
    .await;
    let span = |operation: &str, topic: &str, group: &str| {
        format!(
            "messaging.operation.name={operation}, messaging.operation.type={operation}, messaging.system=kafka, \
             messaging.destination.name={topic}{group}"
        )
    };
    let group = ", messaging.consumer.group.name=shipping, messaging.client.id=worker";
    let sent =
        "messaging.message.body.size=2, messaging.kafka.message.key=ord-1, messaging.destination.partition.id=0, messaging.kafka.offset=0";
    let received =
        "messaging.destination.partition.id=0, messaging.message.body.size=2, messaging.kafka.message.key=ord-1, messaging.kafka.offset=0";
    assert_eq!(
        tree(&trace),
        format!(
            "send orders PRODUCER [{}, {sent}]\n  process orders CONSUMER [{}, {received}]\n    → send orders\n    \
             send shipments PRODUCER [{}, {sent}]\n      process shipments CONSUMER [{}, {received}]\n        → send shipments\n",
            span("send", "orders", ""),
            span("process", "orders", group),
            span("send", "shipments", ""),
            span("process", "shipments", group),
        )
    );
}

#[tokio::test]
async fn a_threaded_producer_ends_its_spans_with_the_report() {
    let (_cluster, config) = cluster(&["orders"]);
    let ((), trace) = capture_async(async {
        let producer: Producer<ThreadedProducer<Reporting>> = config.create_with_context(Reporting::default()).expect("a producer");
        producer.send(BaseRecord::to("orders").key("ord-1").payload("{}")).expect("queued");
        producer.flush(WAIT).expect("delivered");
        let consumer: Consumer<BaseConsumer> = config.clone().set("group.id", "shipping").create().expect("a consumer");
        consumer.assign(&from_the_start("orders")).expect("assigned");
        let message = consumer.poll(WAIT).expect("a message").expect("a message");
        on_shipment(message.detach()).await;
    })
    .await;
    let sent = trace.span("send orders");
    assert_eq!(sent.attribute("messaging.kafka.offset"), Some(&0.into()));
    assert_eq!(sent.children()[0].name(), "process orders");
}

#[tokio::test]
async fn a_record_that_brings_a_context_keeps_it() {
    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let (_cluster, config) = cluster(&["orders"]);
    let (message, trace) = capture_async(async {
        let producer: Producer = config.create().expect("a producer");
        let headers = OwnedHeaders::new().insert(Header { key: "traceparent", value: Some(PARENT) });
        producer.send(FutureRecord::to("orders").key("k").payload("{}").headers(headers), WAIT).await.expect("sent");
        next(&consumer(&config, "orders")).await
    })
    .await;
    let span = trace.span("send orders");
    assert_eq!(format!("{:?}", span.kind()), "Client");
    assert_eq!(span.links()[0].span_context.span_id().to_string(), "00f067aa0ba902b7");
    let headers: Vec<_> = rdkafka::message::Headers::iter(message.headers().expect("headers")).collect();
    assert_eq!(headers, [Header { key: "traceparent", value: Some(PARENT.as_bytes()) }]);
}

#[tokio::test]
async fn a_broker_that_is_away_is_an_error_by_name() {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", "127.0.0.1:1").set("message.timeout.ms", "300");
    let producer: Producer = config.create().expect("a producer");
    let (out, trace) = capture_async(producer.send(FutureRecord::to("orders").key("k").payload("{}"), WAIT)).await;
    out.expect_err("nobody is there");
    let span = trace.span("send orders");
    assert_eq!(span.attribute("error.type"), Some(&"MESSAGE_TIMED_OUT".into()));
    assert_eq!(span.events()[0].name, "exception");
    assert_eq!(span.attribute("server.port"), Some(&1.into()));
}
