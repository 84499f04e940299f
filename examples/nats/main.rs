//! Orders through NATS: what is published here and handled there is one trace; a question and its answer are one too.
//!
//! `cargo run -p traced-example-nats -- nats://localhost:4222` draws the traces on stderr; `tests/services/run -s nats cargo run -p
//! traced-example-nats` brings a server along.

use async_nats::{PublishError, RequestError};
use futures_util::StreamExt as _;
use std::error::Error;
use std::time::Duration;
use traced::nats::{Client, Received};
use traced::traced;

const ORDERS: [&str; 3] = ["ord-1", "ord-2", "ord-13"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tracing = traced::init("order-service")?;
    let url = std::env::args().nth(1).or_else(|| std::env::var("TRACED_NATS").ok()).unwrap_or("nats://localhost:4222".to_owned());
    let client = Client::new(async_nats::connect(url).await?);

    let mut orders = client.queue_subscribe("orders", "shipping").await?;
    let mut questions = client.subscribe("stock").await?;
    let answering = client.clone();
    tokio::spawn(async move {
        while let Some(question) = questions.next().await {
            let _ = on_question(&question, &answering).await;
        }
    });

    for order in ORDERS {
        client.publish("orders", order.into()).await?;
    }
    for _ in ORDERS {
        let order = orders.next().await.ok_or("the subscription ended")?;
        // A failed order is in the trace.
        let _ = on_order(&order, &client).await;
    }

    eprintln!("{}", tracing.shutdown(Duration::from_secs(5))?);
    Ok(())
}

/// The span `process orders`, in the publisher's trace.
#[traced(consumer(order))]
async fn on_order(order: &Received, client: &Client) -> Result<(), RequestError> {
    let order = String::from_utf8_lossy(&order.payload).into_owned();
    traced::record!(order.id = order);
    // Nobody listens on the other subject.
    let subject = if order.ends_with("13") { "stock.of.13" } else { "stock" };
    client.request(subject, order.into()).await.map(drop)
}

/// The span `process stock`, in the trace of who asks.
#[traced(consumer(question))]
async fn on_question(question: &Received, client: &Client) -> Result<(), PublishError> {
    client.respond(question, "7".into()).await
}
