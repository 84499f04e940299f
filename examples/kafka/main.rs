//! Orders through Kafka: what is sent here and handled there is one trace.
//!
//! `cargo run -p traced-example-kafka` needs nothing: it runs on librdkafka's in-process mock cluster and draws the traces on stderr.
//! `cargo run -p traced-example-kafka -- localhost:9092` runs on that broker; it must create topics by itself, or have `orders`.

use rdkafka::consumer::Consumer as _;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::FutureRecord;
use rdkafka::{ClientConfig, Message as _};
use std::error::Error;
use std::time::Duration;
use traced::kafka::{Consumer, Producer, Received};
use traced::traced;

const ORDERS: [&str; 3] = ["ord-1", "ord-2", "ord-13"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tracing = traced::init("order-service")?;
    let mock = MockCluster::new(1)?;
    mock.create_topic("orders", 1, 1)?;
    let brokers = std::env::args().nth(1).unwrap_or_else(|| mock.bootstrap_servers());

    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", brokers).set("client.id", "order-service");
    let producer: Producer = config.create()?;
    config.set("group.id", "shipping").set("auto.offset.reset", "earliest");
    let consumer: Consumer = config.create()?;
    consumer.subscribe(&["orders"])?;

    for order in ORDERS {
        place(&producer, order).await?;
    }
    for _ in ORDERS {
        let order = tokio::time::timeout(Duration::from_secs(30), consumer.recv()).await??;
        // A failed order is in the trace, with the topic, partition and offset to find it by.
        let _ = on_order(&order.detach()).await;
    }

    eprintln!("{}", tracing.shutdown(Duration::from_secs(5))?);
    Ok(())
}

/// The producer makes the span `send orders` in this one.
#[traced(attributes(order.id = order))]
async fn place(producer: &Producer, order: &str) -> Result<(), rdkafka::error::KafkaError> {
    let record = FutureRecord::to("orders").key(order).payload("{}");
    producer.send(record, Duration::from_secs(10)).await.map(drop).map_err(|(error, _)| error)
}

/// The span `process orders`, in the producer's trace.
#[traced(consumer(order))]
async fn on_order(order: &Received) -> Result<(), String> {
    match order.key_view::<str>() {
        Some(Ok(id)) if !id.ends_with("13") => ship(id).await,
        id => return Err(format!("cannot ship {id:?}")),
    }
    Ok(())
}

#[traced(attributes(order.id = order))]
async fn ship(order: &str) {
    tokio::time::sleep(Duration::from_millis(5)).await;
}
