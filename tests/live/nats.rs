//! NATS: orders to shipments by two handlers, a batch from JetStream, headers there and back, requests.

use crate::{BATCH, MESSAGES, address, assert_batch, assert_traces, unique};
use async_nats::jetstream::{self, consumer::pull, stream};
use async_nats::{HeaderMap, HeaderValue, PublishError};
use futures_util::StreamExt as _;
use std::time::Duration;
use traced::nats::{Client, JetStream, Received, Subscriber};
use traced::testing::capture_async;
use traced::traced;

const WAIT: Duration = Duration::from_secs(20);

async fn client() -> Client {
    Client::new(async_nats::connect(address("TRACED_NATS")).await.expect("NATS"))
}

async fn next(subscriber: &mut Subscriber) -> Received {
    tokio::time::timeout(WAIT, subscriber.next()).await.expect("a message in time").expect("a message")
}

#[traced(consumer(order))]
async fn on_order(order: &Received, client: &Client, shipments: &str) -> Result<(), PublishError> {
    client.publish(shipments.to_owned(), order.payload.clone()).await
}

#[traced(consumer(shipment))]
async fn on_shipment(shipment: Received) {
    drop(shipment);
}

#[traced(consumer(batch))]
async fn on_batch(batch: &[jetstream::Message]) {
    assert_eq!(batch.len(), BATCH);
}

#[traced(consumer(question))]
async fn on_question(question: &Received, client: &Client) -> Result<(), PublishError> {
    client.respond(question, "42".into()).await
}

#[tokio::test]
async fn a_thousand_messages_are_a_thousand_traces() {
    let client = client().await;
    let (orders, shipments) = (unique("orders"), unique("shipments"));
    let mut arriving = client.queue_subscribe(orders.clone(), "shipping").await.expect("a subscription");
    let mut leaving = client.subscribe(shipments.clone()).await.expect("a subscription");
    let ((), trace) = capture_async(async {
        for _ in 0..MESSAGES {
            client.publish(orders.clone(), "{}".into()).await.expect("sent");
        }
        for _ in 0..MESSAGES {
            on_order(&next(&mut arriving).await, &client, &shipments).await.expect("handled");
        }
        for _ in 0..MESSAGES {
            on_shipment(next(&mut leaving).await).await;
        }
    })
    .await;
    let span = |operation: &str, kind: &str, subject: &str, group: &str| {
        format!(
            "{operation} {subject} {kind} [messaging.operation.name={operation}, messaging.operation.type={operation}, \
             messaging.system=nats, messaging.destination.name={subject}{group}, messaging.message.body.size=2]"
        )
    };
    let group = ", messaging.consumer.group.name=shipping";
    assert_traces(&trace, |_| {
        let (sent, handled) = (span("send", "PRODUCER", &orders, ""), span("process", "CONSUMER", &orders, group));
        let (passed, done) = (span("send", "PRODUCER", &shipments, ""), span("process", "CONSUMER", &shipments, ""));
        format!("{sent}\n  {handled}\n    → send {orders}\n    {passed}\n      {done}\n        → send {shipments}\n")
    });
}

#[tokio::test]
async fn a_batch_of_a_stream_is_one_span_with_a_link_to_each() {
    let jetstream = JetStream::new(jetstream::new((*client().await).clone()));
    let orders = unique("stream");
    let config = stream::Config { name: orders.clone(), subjects: vec![orders.clone()], ..stream::Config::default() };
    let stream = jetstream.create_stream(config).await.expect("a stream");
    let durable = pull::Config { durable_name: Some("shipping".to_owned()), ..pull::Config::default() };
    let consumer = stream.create_consumer(durable).await.expect("a consumer");
    let (batch, trace) = capture_async(async {
        for _ in 0..BATCH {
            jetstream.publish(orders.clone(), "{}".into()).await.expect("acknowledged");
        }
        let messages = consumer.batch().max_messages(BATCH).expires(WAIT).messages().await.expect("a batch");
        let batch: Vec<_> = messages.map(|message| message.expect("a message")).collect().await;
        on_batch(&batch).await;
        traced::nats::ack(&batch[0]).await.expect("acknowledged");
        batch
    })
    .await;
    assert_eq!(batch.len(), BATCH);
    let span = trace.span(&format!("process {orders}"));
    assert_batch(span);
    assert_eq!(span.attribute("messaging.consumer.group.name"), Some(&"shipping".into()));
    let first = format!("{orders}/1");
    assert_eq!(span.links()[0].attributes[0].value, first.clone().into());
    assert_eq!(trace.spans(&format!("send {orders}"))[0].attribute("messaging.message.id"), Some(&first.into()));
    assert_eq!(trace.span(&format!("ack {orders}")).attribute("messaging.operation.type"), Some(&"settle".into()));
    jetstream.delete_stream(&orders).await.expect("deleted");
}

#[tokio::test]
async fn headers_come_back_as_they_were() {
    let client = client().await;
    let orders = unique("headers");
    let mut arriving = client.subscribe(orders.clone()).await.expect("a subscription");
    let mut headers = HeaderMap::new();
    headers.append("a", "1");
    headers.append("a", "2");
    headers.insert("A", "3");
    headers.insert("empty", "");
    let (received, _) = capture_async(async {
        client.publish_with_headers(orders.clone(), headers.clone(), "{}".into()).await.expect("sent");
        next(&mut arriving).await
    })
    .await;
    let back = received.headers.clone().expect("headers");
    assert_eq!(back.get_all("a").map(HeaderValue::as_str).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(back.get("A").map(HeaderValue::as_str), Some("3"));
    assert_eq!(back.get("empty").map(HeaderValue::as_str), Some(""));
    assert!(back.get("traceparent").is_some());
    assert_eq!(back.len(), headers.len() + 1);
}

#[tokio::test]
async fn a_question_and_its_answer_are_one_trace() {
    let client = client().await;
    let questions = unique("questions");
    let mut arriving = client.subscribe(questions.clone()).await.expect("a subscription");
    let (answer, trace) = capture_async(async {
        let answering = async { on_question(&next(&mut arriving).await, &client).await.expect("answered") };
        let (answer, ()) = tokio::join!(client.request(questions.clone(), "?".into()), answering);
        answer.expect("an answer")
    })
    .await;
    assert_eq!(answer.payload, "42");
    let text = trace.tree();
    let lines: Vec<_> = text.lines().map(|line| line.split(" [").next().unwrap_or_default()).collect();
    let process = format!("  process {questions} CONSUMER");
    let link = format!("    → request {questions}");
    assert_eq!(lines, [&format!("request {questions} PRODUCER"), &process, &link, "    send PRODUCER"]);
    let send = trace.span("send");
    assert_eq!(send.attribute("messaging.destination.temporary"), Some(&true.into()));
}

#[tokio::test]
async fn a_question_without_a_reader_is_an_error_by_name() {
    let client = client().await;
    let (out, trace) = capture_async(client.request("nobody-reads-this", "?".into())).await;
    out.expect_err("nobody answers");
    assert_eq!(trace.span("request nobody-reads-this").attribute("error.type"), Some(&"NO_RESPONDERS".into()));
}
