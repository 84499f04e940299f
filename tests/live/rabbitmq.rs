//! RabbitMQ: orders to shipments by two handlers, a batch, headers there and back, messages refused.

use crate::{BATCH, MESSAGES, address, assert_batch, assert_traces, unique};
use futures_util::StreamExt as _;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, LongString};
use lapin::{BasicProperties, Channel, Confirmation, Connection, ConnectionProperties};
use std::time::Duration;
use traced::rabbitmq::{Consumer, Publication, Publisher, Received};
use traced::testing::capture_async;
use traced::traced;

const WAIT: Duration = Duration::from_secs(20);

/// A channel with confirms; the connection lives as long as it is held.
async fn channel() -> (Connection, Channel) {
    let connection = Connection::connect(&address("TRACED_RABBITMQ"), ConnectionProperties::default()).await.expect("RabbitMQ");
    let channel = connection.create_channel().await.expect("a channel");
    channel.confirm_select(ConfirmSelectOptions::default()).await.expect("confirms");
    (connection, channel)
}

async fn queue(channel: &Channel, name: &str) -> String {
    let name = unique(name);
    let options = QueueDeclareOptions { auto_delete: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(name.as_str().into(), options, FieldTable::default()).await.expect("a queue");
    name
}

async fn consumer(channel: &Channel, queue: &str) -> Consumer {
    let made = channel.basic_consume(queue.into(), "".into(), BasicConsumeOptions::default(), FieldTable::default()).await;
    Consumer::new(made.expect("a consumer"))
}

async fn next(consumer: &mut Consumer) -> Received {
    tokio::time::timeout(WAIT, consumer.next()).await.expect("a message in time").expect("a message").expect("a message")
}

async fn send(publisher: &Publisher, queue: &str, id: &str) -> lapin::Result<()> {
    let properties = BasicProperties::default().with_message_id(id.into()).with_correlation_id("c-1".into());
    let message = Publication::to("", queue).payload("{}").properties(properties);
    publisher.send(message, BasicPublishOptions::default()).await.map(drop)
}

#[traced(consumer(order))]
async fn on_order(order: &Received, publisher: &Publisher, shipments: &str) -> lapin::Result<()> {
    let id = order.properties.message_id().clone().unwrap_or_default();
    send(publisher, shipments, id.as_str()).await?;
    order.ack(BasicAckOptions::default()).await.map(drop)
}

#[traced(consumer(shipment))]
async fn on_shipment(shipment: Received) -> lapin::Result<()> {
    shipment.ack(BasicAckOptions::default()).await.map(drop)
}

#[traced(consumer(batch))]
async fn on_batch(batch: Vec<Received>) {
    assert_eq!(batch.len(), BATCH);
}

#[tokio::test]
async fn a_thousand_messages_are_a_thousand_traces() {
    let (_connection, channel) = channel().await;
    let (orders, shipments) = (queue(&channel, "orders").await, queue(&channel, "shipments").await);
    let publisher = Publisher::new(channel.clone());
    let ((), trace) = capture_async(async {
        for n in 0..MESSAGES {
            send(&publisher, &orders, &n.to_string()).await.expect("sent");
        }
        let mut arriving = consumer(&channel, &orders).await;
        for _ in 0..MESSAGES {
            on_order(&next(&mut arriving).await, &publisher, &shipments).await.expect("handled");
        }
        let mut arriving = consumer(&channel, &shipments).await;
        for _ in 0..MESSAGES {
            on_shipment(next(&mut arriving).await).await.expect("handled");
        }
    })
    .await;
    let shared = |queue: &str, n: usize| {
        format!(
            "messaging.system=rabbitmq, messaging.destination.name={queue}, messaging.message.id={n}, \
             messaging.message.conversation_id=c-1, messaging.message.body.size=2, messaging.rabbitmq.destination.routing_key={queue}"
        )
    };
    let sending = |queue: &str, n: usize| {
        format!("publish {queue} PRODUCER [messaging.operation.name=publish, messaging.operation.type=send, {}]", shared(queue, n))
    };
    let handling = |queue: &str, n: usize, first: usize| {
        let (shared, tag) = (shared(queue, n), n + first);
        format!(
            "consume {queue} CONSUMER [messaging.operation.name=consume, messaging.operation.type=process, {shared}, \
             messaging.rabbitmq.message.delivery_tag={tag}]"
        )
    };
    assert_traces(&trace, |n| {
        let (sent, handled) = (sending(&orders, n), handling(&orders, n, 1));
        let (passed, done) = (sending(&shipments, n), handling(&shipments, n, 1 + MESSAGES));
        format!("{sent}\n  {handled}\n    → publish {orders}\n    {passed}\n      {done}\n        → publish {shipments}\n")
    });
}

#[tokio::test]
async fn a_batch_is_one_span_with_a_link_to_each() {
    let (_connection, channel) = channel().await;
    let orders = queue(&channel, "batch").await;
    let publisher = Publisher::new(channel.clone());
    let ((), trace) = capture_async(async {
        for n in 0..BATCH {
            send(&publisher, &orders, &n.to_string()).await.expect("sent");
        }
        let arriving = consumer(&channel, &orders).await;
        let batch: Vec<_> = arriving.take(BATCH).map(|message| message.expect("a message")).collect().await;
        on_batch(batch).await;
    })
    .await;
    assert_batch(trace.span(&format!("consume {orders}")));
}

#[tokio::test]
async fn headers_come_back_as_they_were() {
    let (_connection, channel) = channel().await;
    let orders = queue(&channel, "headers").await;
    let mut headers = FieldTable::default();
    headers.insert("count".into(), AMQPValue::LongInt(7));
    headers.insert("text".into(), AMQPValue::LongString("x".into()));
    headers.insert("binary".into(), AMQPValue::LongString(LongString::from([0xff, 0x00])));
    headers.insert("void".into(), AMQPValue::Void);
    headers.insert("yes".into(), AMQPValue::Boolean(true));
    let (received, trace) = capture_async(async {
        let message = Publication::to("", orders.as_str()).properties(BasicProperties::default().with_headers(headers.clone()));
        Publisher::new(channel.clone()).send(message, BasicPublishOptions::default()).await.expect("sent");
        let mut settling = consumer(&channel, &orders).await.with_settle_spans(true);
        let received = next(&mut settling).await;
        received.ack(BasicAckOptions::default()).await.expect("acknowledged");
        received
    })
    .await;
    let mut back = received.properties.headers().clone().expect("headers").inner().clone();
    assert!(back.remove("traceparent").is_some());
    assert_eq!(FieldTable::from(back), headers);
    let ack = trace.span(&format!("ack {orders}"));
    assert_eq!(ack.attribute("messaging.operation.type"), Some(&"settle".into()));
    assert_eq!(ack.links()[0].span_context.span_id(), trace.span(&format!("publish {orders}")).context().span_id());
}

#[tokio::test]
async fn a_message_that_comes_back_is_an_error() {
    let (_connection, channel) = channel().await;
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let publisher = Publisher::new(channel);
    let (out, trace) = capture_async(publisher.send(Publication::to("", "nobody-reads-this"), options)).await;
    assert!(matches!(out, Ok(Confirmation::Ack(Some(_)))));
    assert_eq!(trace.span("publish nobody-reads-this").attribute("error.type"), Some(&"NO_ROUTE".into()));
}

#[tokio::test]
async fn an_exchange_that_is_not_there_is_an_error_by_name() {
    let (_connection, channel) = channel().await;
    let publisher = Publisher::new(channel);
    let (out, trace) = capture_async(publisher.send(Publication::to("no-such-exchange", "k"), BasicPublishOptions::default())).await;
    out.expect_err("no such exchange");
    assert_eq!(trace.span("publish no-such-exchange:k").attribute("error.type"), Some(&"NOT_FOUND".into()));
}
