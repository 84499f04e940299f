//! `#[traced]`, through its public interface and with its defaults.

use super::{CHILDREN, Failure, Functions, Installed, Setup, TEXT};
use crate::exporter::CountingExporter;
use core::hint::black_box;
use core::time::Duration;
use traced::{Batch, Exporter, Guard, Keep, Sampler, traced};

const PATIENCE: Duration = Duration::from_mins(1);

pub(super) const FUNCTIONS: Functions = Functions {
    plain,
    attributes: Some(|| attributes(0, "gold", TEXT)),
    error: || drop(black_box(error())),
    unsampled: plain,
    leaf: Some(leaf),
    asynchronous: || Box::pin(asynchronous()),
};

struct Running(Guard);

impl Installed for Running {
    fn flush(&self) {
        self.0.flush(PATIENCE).expect("everything is exported");
    }

    fn shutdown(self: Box<Self>) {
        self.0.shutdown(PATIENCE).expect("everything is exported");
    }
}

pub(super) fn install(setup: Setup) -> Box<dyn Installed> {
    let root = if setup.sampled { Sampler::always_on() } else { Sampler::always_off() };
    let mut builder = traced::builder()
        .service_name("benchmark")
        .exporter(if setup.otlp { Exporter::otlp() } else { Exporter::custom(CountingExporter) })
        .sampler(Sampler::parent_based(root))
        .batch(Batch { max_queue_size: setup.queue, ..Batch::default() });
    if setup.keep {
        builder = builder.keep(Keep::errors());
    }
    Box::new(Running(builder.install().expect("the first of this process")))
}

#[traced]
fn plain() {
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

#[traced]
fn plain_child(n: u64) {
    black_box(n);
}

#[traced(args)]
fn attributes(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
    for n in 0..10 {
        attributes_child(n, "gold", TEXT);
    }
}

#[traced(args)]
fn attributes_child(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
}

#[traced]
fn error() -> Result<(), Failure> {
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    Err(Failure)
}

#[traced]
fn error_child(n: u64) -> Result<(), Failure> {
    black_box(n);
    Err(Failure)
}

#[traced]
fn leaf() {
    for n in 0..CHILDREN {
        leaf_child(n);
    }
}

#[traced(leaf)]
fn leaf_child(n: u64) {
    black_box(n);
}

#[traced]
async fn asynchronous() {
    for n in 0..CHILDREN {
        asynchronous_child(n).await;
    }
}

#[traced]
async fn asynchronous_child(n: u64) {
    black_box(n);
    tokio::task::yield_now().await;
}
