//! Kafka: orders to shipments by two handlers, a batch, headers there and back.

use crate::{BATCH, MESSAGES, address, assert_batch, assert_traces, unique};
use rdkafka::ClientConfig;
use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{CommitMode, Consumer as _, StreamConsumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{Header, Headers as _, Message as _, OwnedHeaders};
use rdkafka::producer::FutureRecord;
use std::time::Duration;
use traced::kafka::{Consumer, Producer, Received};
use traced::testing::capture_async;
use traced::traced;

const WAIT: Duration = Duration::from_secs(20);

fn config() -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", address("TRACED_KAFKA")).set("client.id", "shop").set("linger.ms", "0");
    config
}

async fn topic(name: &str) -> String {
    let name = unique(name);
    let admin: AdminClient<DefaultClientContext> = config().create().expect("an admin client");
    let topic = NewTopic::new(&name, 1, TopicReplication::Fixed(1));
    let made = admin.create_topics([&topic], &AdminOptions::new().operation_timeout(Some(WAIT))).await.expect("an answer");
    for topic in made {
        topic.expect("a topic");
    }
    name
}

fn consumer(topic: &str) -> Consumer {
    let mut config = config();
    config.set("group.id", unique("group")).set("auto.offset.reset", "earliest").set("enable.auto.commit", "false");
    let consumer: StreamConsumer = config.create().expect("a consumer");
    consumer.subscribe(&[topic]).expect("a subscription");
    // The group's name differs from run to run, and the text that is compared must not.
    Consumer::new(consumer, config.set("group.id", "shipping") as &ClientConfig)
}

async fn next(consumer: &Consumer) -> Received {
    tokio::time::timeout(WAIT, consumer.recv()).await.expect("a message in time").expect("a message").detach()
}

async fn send(producer: &Producer, topic: &str, key: &str) -> Result<(), KafkaError> {
    producer.send(FutureRecord::to(topic).key(key).payload("{}"), WAIT).await.map(drop).map_err(|(error, _)| error)
}

#[traced(consumer(order))]
async fn on_order(order: &Received, producer: &Producer, shipments: &str) -> Result<(), KafkaError> {
    let key = order.key_view::<str>().and_then(Result::ok).unwrap_or_default();
    send(producer, shipments, key).await
}

#[traced(consumer(shipment))]
async fn on_shipment(shipment: Received) {
    drop(shipment);
}

#[traced(consumer(batch))]
async fn on_batch(batch: &[Received]) {
    assert_eq!(batch.len(), BATCH);
}

#[tokio::test]
async fn a_thousand_messages_are_a_thousand_traces() {
    let (orders, shipments) = (topic("orders").await, topic("shipments").await);
    let producer: Producer = config().create().expect("a producer");
    let ((), trace) = capture_async(async {
        for n in 0..MESSAGES {
            send(&producer, &orders, &n.to_string()).await.expect("sent");
        }
        let consumer = consumer(&orders);
        for _ in 0..MESSAGES {
            on_order(&next(&consumer).await, &producer, &shipments).await.expect("handled");
        }
        let consumer = self::consumer(&shipments);
        for _ in 0..MESSAGES {
            on_shipment(next(&consumer).await).await;
        }
    })
    .await;
    let server = address("TRACED_KAFKA");
    let (host, port) = server.split_once(':').expect("host:port");
    let span = |operation: &str, kind: &str, topic: &str, n: usize| {
        let (operation, group) = operation.split_once(' ').unwrap_or((operation, ""));
        let (group, partition, late) = if group.is_empty() {
            ("", "", ", messaging.destination.partition.id=0, messaging.kafka.offset=")
        } else {
            (", messaging.consumer.group.name=shipping", "messaging.destination.partition.id=0, ", ", messaging.kafka.offset=")
        };
        format!(
            "{operation} {topic} {kind} [messaging.operation.name={operation}, messaging.operation.type={operation}, \
             messaging.system=kafka, messaging.destination.name={topic}{group}, messaging.client.id=shop, server.address={host}, \
             server.port={port}, {partition}messaging.message.body.size=2, messaging.kafka.message.key={n}{late}{n}]"
        )
    };
    assert_traces(&trace, |n| {
        let (sent, handled) = (span("send", "PRODUCER", &orders, n), span("process in", "CONSUMER", &orders, n));
        let (passed, done) = (span("send", "PRODUCER", &shipments, n), span("process in", "CONSUMER", &shipments, n));
        format!("{sent}\n  {handled}\n    → send {orders}\n    {passed}\n      {done}\n        → send {shipments}\n")
    });
}

#[tokio::test]
async fn a_batch_is_one_span_with_a_link_to_each() {
    let orders = topic("batch").await;
    let producer: Producer = config().create().expect("a producer");
    let ((), trace) = capture_async(async {
        for n in 0..BATCH {
            send(&producer, &orders, &n.to_string()).await.expect("sent");
        }
        let consumer = consumer(&orders);
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            batch.push(next(&consumer).await);
        }
        on_batch(&batch).await;
    })
    .await;
    assert_batch(trace.span(&format!("process {orders}")));
}

#[tokio::test]
async fn headers_come_back_byte_for_byte() {
    let orders = topic("headers").await;
    let producer: Producer = config().create().expect("a producer");
    let others: [(&str, Option<&[u8]>); 6] =
        [("a", Some(b"1")), ("null", None), ("a", Some(b"2")), ("empty", Some(b"")), ("binary", Some(b"\xff\x00\xfe")), ("A", Some(b"3"))];
    let (received, trace) = capture_async(async {
        let headers = others.iter().fold(OwnedHeaders::new(), |all, &(key, value)| all.insert(Header { key, value }));
        let record: FutureRecord<'_, [u8], [u8]> = FutureRecord::to(&orders).key(b"\xff".as_slice()).headers(headers);
        producer.send(record, WAIT).await.expect("sent");
        next(&consumer(&orders)).await
    })
    .await;
    let headers: Vec<_> = received.headers().expect("headers").iter().map(|header| (header.key, header.value)).collect();
    assert_eq!(headers[..others.len()], others);
    assert_eq!(headers[others.len()..].iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["traceparent"]);
    let span = trace.span(&format!("send {orders}"));
    assert_eq!(span.attribute("messaging.kafka.message.tombstone"), Some(&true.into()));
    assert_eq!(span.attribute("messaging.kafka.message.key"), None);
}

#[tokio::test]
async fn polls_and_commits_are_spans_on_request() {
    let orders = topic("polls").await;
    let producer: Producer = config().create().expect("a producer");
    let ((), trace) = capture_async(async {
        send(&producer, &orders, "k").await.expect("sent");
        let consumer = consumer(&orders).with_poll_spans(true).with_commit_spans(true);
        let message = tokio::time::timeout(WAIT, consumer.recv()).await.expect("in time").expect("a message");
        consumer.commit_message(&message, CommitMode::Sync).expect("committed");
    })
    .await;
    for (name, operation_type) in [("poll", "receive"), ("commit", "settle")] {
        let span = trace.span(&format!("{name} {orders}"));
        assert_eq!(format!("{:?}", span.kind()), "Client");
        assert_eq!(span.attribute("messaging.operation.type"), Some(&operation_type.into()));
        assert_eq!(span.links()[0].span_context.span_id(), trace.span(&format!("send {orders}")).context().span_id());
        assert!(span.parent().is_none());
    }
}

#[tokio::test]
async fn a_topic_that_is_not_there_is_an_error_by_name() {
    let producer: Producer = config().set("allow.auto.create.topics", "false").set("message.timeout.ms", "5000").create().expect("one");
    let name = "no such topic";
    let (out, trace) = capture_async(producer.send(FutureRecord::<str, str>::to(name).payload("{}"), WAIT)).await;
    out.expect_err("no such topic");
    let code = trace.span("send no such topic").attribute("error.type").cloned();
    assert!(code.as_ref().is_some_and(|code| ["UNKNOWN_TOPIC", "INVALID_TOPIC_EXCEPTION"].contains(&&*code.as_str())), "{code:?}");
}
