//! `cargo run --profile bench -p traced-benches --bin kafka [-- ROUNDS]`: what tracing adds to a message that is produced, consumed and
//! handled, on librdkafka's in-process mock cluster: bare clients and traced ones, in turns, in one run.

use futures_util::future::join_all;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{ClientConfig, Message as _, Offset, TopicPartitionList};
use std::error::Error;
use std::time::{Duration, Instant};
use traced::kafka::{Consumer, Producer, Received};
use traced::{Batch, Exporter, WhenFull, traced};
use traced_benches::clock;
use traced_benches::exporter::{CountingExporter, exported};
use traced_benches::table::{Table, number, times};

const MESSAGES: usize = 2_000;
/// Sent before the first of them is waited for.
const WINDOW: usize = 100;
const PAYLOAD: &str = r#"{"id":"ord-1001","items":[{"sku":"beans-1kg","quantity":2,"cents":2150}]}"#;
const WAIT: Duration = Duration::from_secs(20);

/// Nanoseconds for a message: by the wall clock, and of processor time on all threads, librdkafka's included.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    processor: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let rounds = std::env::args().nth(1).map_or(Ok(7), |rounds| rounds.parse())?;
    let batch = Batch { max_queue_size: 1 << 16, when_full: WhenFull::Block, ..Batch::default() };
    let tracing = traced::builder().service_name("kafka").exporter(Exporter::custom(CountingExporter)).batch(batch).install()?;
    let (mut bare, mut annotated) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let costs = (measure(round, "bare", run_bare).await?, measure(round, "traced", run_traced).await?);
        if round > 0 {
            bare.push(costs.0);
            annotated.push(costs.1);
        }
    }
    tracing.shutdown(WAIT)?;
    let spans = (rounds + 1) * MESSAGES * 2;
    print(rounds, &bare, &annotated);
    println!("Spans: {} of {spans}.", exported());
    Ok(())
}

fn print(rounds: usize, bare: &[Cost], annotated: &[Cost]) {
    println!("Nanoseconds for a message produced, consumed and handled; {MESSAGES} messages, the median of {rounds} rounds in turns:\n");
    let mut table = Table::new(["bare", "**traced**", "traced / bare"]);
    for (label, of) in [("wall clock", (|cost| cost.wall) as fn(&Cost) -> f64), ("processor, all threads", |cost| cost.processor)] {
        let (bare, annotated) = (median(bare, of), median(annotated, of));
        table.row(label, [number(bare), number(annotated), times(Some(annotated), Some(bare))]);
    }
    println!("{table}");
}

fn median(costs: &[Cost], of: fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// One run on a cluster of its own.
async fn measure(round: usize, what: &str, run: impl AsyncFn(&ClientConfig) -> Result<(), Box<dyn Error>>) -> Result<Cost, Box<dyn Error>> {
    eprintln!("round {round}, {what}");
    let cluster = MockCluster::new(1)?;
    cluster.create_topic("orders", 1, 1)?;
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", cluster.bootstrap_servers()).set("group.id", "shipping").set("linger.ms", "0");
    let (wall, processor) = (Instant::now(), clock::process());
    run(&config).await?;
    #[allow(clippy::cast_precision_loss)]
    let each = |nanoseconds: u64| nanoseconds as f64 / MESSAGES as f64;
    Ok(Cost { wall: each(u64::try_from(wall.elapsed().as_nanos())?), processor: each(clock::process() - processor) })
}

fn from_the_start() -> Result<TopicPartitionList, Box<dyn Error>> {
    let mut partitions = TopicPartitionList::new();
    partitions.add_partition_offset("orders", 0, Offset::Beginning)?;
    Ok(partitions)
}

fn record() -> FutureRecord<'static, str, str> {
    FutureRecord::to("orders").key("ord-1001").payload(PAYLOAD)
}

async fn run_bare(config: &ClientConfig) -> Result<(), Box<dyn Error>> {
    let producer: FutureProducer = config.create()?;
    for _ in 0..MESSAGES / WINDOW {
        for sent in join_all((0..WINDOW).map(|_| producer.send(record(), WAIT))).await {
            sent.map_err(|(error, _)| error)?;
        }
    }
    let consumer: StreamConsumer = config.create()?;
    consumer.assign(&from_the_start()?)?;
    for _ in 0..MESSAGES {
        handle_bare(consumer.recv().await?.payload().unwrap_or_default()).await;
    }
    Ok(())
}

async fn run_traced(config: &ClientConfig) -> Result<(), Box<dyn Error>> {
    let producer: Producer = config.create()?;
    for _ in 0..MESSAGES / WINDOW {
        for sent in join_all((0..WINDOW).map(|_| producer.send(record(), WAIT))).await {
            sent.map_err(|(error, _)| error)?;
        }
    }
    let consumer: Consumer = config.create()?;
    consumer.assign(&from_the_start()?)?;
    for _ in 0..MESSAGES {
        handle_traced(&consumer.recv().await?).await;
    }
    Ok(())
}

#[allow(clippy::unused_async)] // as handlers are
async fn handle_bare(payload: &[u8]) {
    std::hint::black_box(payload);
}

#[traced(consumer(message))]
#[allow(clippy::unused_async)] // as handlers are
async fn handle_traced(message: &Received<rdkafka::message::BorrowedMessage<'_>>) {
    std::hint::black_box(message.payload());
}
