//! `#[instrument]` and tracing-opentelemetry over the SDK: as they come, and with everything optional off.

use super::{CHILDREN, Failure, Functions, Installed, Setup, TEXT, sdk};
use core::hint::black_box;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::instrument;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

pub(super) const FUNCTIONS: Functions = Functions {
    plain,
    attributes: Some(|| attributes(0, "gold", TEXT)),
    error: || drop(black_box(error())),
    unsampled: plain,
    leaf: None,
    asynchronous: || Box::pin(asynchronous()),
};

struct Running(SdkTracerProvider);

impl Installed for Running {
    fn flush(&self) {
        self.0.force_flush().expect("everything is exported");
    }

    fn shutdown(self: Box<Self>) {
        self.0.shutdown().expect("everything is exported");
    }
}

pub(super) fn install(setup: Setup, lean: bool) -> Box<dyn Installed> {
    let provider = sdk::provider(setup);
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("benchmark"));
    let layer = if lean {
        layer
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_target(false)
            .with_level(false)
            .with_context_activation(false)
    } else {
        layer
    };
    tracing_subscriber::registry().with(layer).init();
    Box::new(Running(provider))
}

#[instrument(skip_all)]
fn plain() {
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

#[instrument(skip_all)]
fn plain_child(n: u64) {
    black_box(n);
}

#[instrument]
fn attributes(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
    for n in 0..10 {
        attributes_child(n, "gold", TEXT);
    }
}

#[instrument]
fn attributes_child(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
}

#[instrument(skip_all, err)]
fn error() -> Result<(), Failure> {
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    Err(Failure)
}

#[instrument(skip_all, err)]
fn error_child(n: u64) -> Result<(), Failure> {
    black_box(n);
    Err(Failure)
}

#[instrument(skip_all)]
async fn asynchronous() {
    for n in 0..CHILDREN {
        asynchronous_child(n).await;
    }
}

#[instrument(skip_all)]
async fn asynchronous_child(n: u64) {
    black_box(n);
    tokio::task::yield_now().await;
}
