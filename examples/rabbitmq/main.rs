//! Orders through RabbitMQ: what is published here and handled there is one trace.
//!
//! `cargo run -p traced-example-rabbitmq -- amqp://localhost:5672` draws the traces on stderr; `tests/services/run -s rabbitmq cargo run -p
//! traced-example-rabbitmq` brings a broker along.

use futures_util::StreamExt as _;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, ConfirmSelectOptions, QueueDeclareOptions};
use lapin::types::{FieldTable, ShortString};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties};
use std::error::Error;
use std::time::Duration;
use traced::rabbitmq::{Consumer, Publication, Publisher, Received};
use traced::traced;

const ORDERS: [&str; 3] = ["ord-1", "ord-2", "ord-13"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tracing = traced::init("order-service")?;
    let url = std::env::args().nth(1).or_else(|| std::env::var("TRACED_RABBITMQ").ok()).unwrap_or("amqp://localhost:5672".to_owned());
    let connection = Connection::connect(&url, ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;

    let mut orders = consume(&channel).await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    let publisher = Publisher::new(channel.clone());
    for order in ORDERS {
        place(&publisher, order).await?;
    }
    for _ in ORDERS {
        let order = orders.next().await.ok_or("the consumer was cancelled")??;
        // A failed order is in the trace, with the queue, message id and delivery tag to find it by.
        let _ = on_order(&order).await;
    }

    eprintln!("{}", tracing.shutdown(Duration::from_secs(5))?);
    Ok(())
}

async fn consume(channel: &Channel) -> lapin::Result<Consumer> {
    let options = QueueDeclareOptions { auto_delete: true, ..QueueDeclareOptions::default() };
    channel.queue_declare("orders".into(), options, FieldTable::default()).await?;
    let consumer = channel.basic_consume("orders".into(), "".into(), BasicConsumeOptions::default(), FieldTable::default()).await?;
    Ok(Consumer::new(consumer).with_settle_spans(true))
}

/// The publisher makes the span `publish orders` in this one.
#[traced(attributes(order.id = order))]
async fn place(publisher: &Publisher, order: &str) -> lapin::Result<()> {
    let properties = BasicProperties::default().with_message_id(order.into());
    publisher.send(Publication::to("", "orders").payload("{}").properties(properties), BasicPublishOptions::default()).await.map(drop)
}

/// The span `consume orders`, in the publisher's trace.
#[traced(consumer(order))]
async fn on_order(order: &Received) -> Result<(), Box<dyn Error + Send + Sync>> {
    let id = order.properties.message_id().as_ref().map_or("", ShortString::as_str);
    order.ack(BasicAckOptions::default()).await?;
    if id.ends_with("13") {
        return Err(format!("cannot ship {id}").into());
    }
    ship(id).await;
    Ok(())
}

#[traced(attributes(order.id = order))]
async fn ship(order: &str) {
    tokio::time::sleep(Duration::from_millis(5)).await;
}
