//! A small order service, traced: a publisher, a queue, a message handler, an error, and a panic that stays in its task.
//!
//! `cargo run --example quickstart` draws the traces on stderr. With `OTEL_EXPORTER_OTLP_ENDPOINT` set, the same traces go there instead.

mod orders;

use orders::{Item, Order, OrderError, OrderMessage, PaymentError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::sleep;
use traced::traced;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tracing = traced::init("order-service")?;

    let (queue, inbox) = mpsc::channel(16);
    let worker = tokio::spawn(work(inbox));
    import(include_str!("orders.jsonl"), queue).await;
    worker.await?;

    eprintln!("{}", tracing.shutdown(Duration::from_secs(5))?);
    Ok(())
}

/// Reads the orders and puts each line into the queue: the start of every trace below.
#[traced(attributes(lines = file.lines().count()))]
async fn import(file: &str, queue: mpsc::Sender<OrderMessage>) {
    for (index, json) in file.lines().enumerate() {
        let mut message = OrderMessage { line: index + 1, json: json.to_owned(), ..OrderMessage::default() };
        publish(&mut message);
        let _ = queue.send(message).await;
    }
}

/// The span's context travels in the message's headers.
#[traced(producer(message))]
fn publish(message: &mut OrderMessage) {
    traced::event!("queued", bytes = message.json.len());
}

/// The other side of the queue: a failed message does not stop it, a panicking one neither.
async fn work(mut inbox: mpsc::Receiver<OrderMessage>) {
    while let Some(message) = inbox.recv().await {
        let _ = tokio::spawn(on_order(message)).await;
    }
}

/// The handler continues the publisher's trace.
#[traced(consumer(message))]
async fn on_order(message: OrderMessage) -> Result<(), OrderError> {
    let order = parse(&message)?;
    traced::record!(order.id = order.id, order.items = order.items.len());
    reserve(&order.items).await;
    let receipt = charge(&order).await?;
    send_receipt(&order.customer, &receipt).await;
    traced::event!("order-completed", order.id = order.id);
    Ok(())
}

/// A line that is no order is an error that names the line.
#[traced]
fn parse(message: &OrderMessage) -> Result<Order, OrderError> {
    serde_json::from_str(&message.json).map_err(|source| OrderError::Malformed { line: message.line, source })
}

#[traced(attributes(first = items.first().map(|item| &item.sku)))]
async fn reserve(items: &[Item]) {
    sleep(Duration::from_millis(2)).await;
    assert!(!items.is_empty(), "an order without items");
}

#[traced(kind = client, attributes(order.id = order.id), ret = "receipt")]
async fn charge(order: &Order) -> Result<String, OrderError> {
    let total = total(&order.items);
    sleep(Duration::from_millis(5)).await;
    match order.card.as_str() {
        "expired" => Err(OrderError::Payment(order.id.clone(), PaymentError::Expired)),
        _ => Ok(format!("rcpt-{}-{total}", order.id)),
    }
}

#[traced(ret = "cents")]
fn total(items: &[Item]) -> i64 {
    items.iter().map(|item| i64::from(item.quantity) * item.cents).sum()
}

#[traced(kind = client, args(receipt))]
async fn send_receipt(customer: &str, receipt: &str) {
    sleep(Duration::from_millis(1)).await;
    traced::record!(customer.domain = customer.split('@').next_back());
    drop(receipt.to_owned());
}
