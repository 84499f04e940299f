//! The OpenTelemetry SDK by hand: a tracer that is made once, `start`, and the span attached to the `Context`.

use super::{CHILDREN, Failure, Functions, Installed, Setup, TEXT};
use crate::exporter::{self, CountingExporter};
use core::hint::black_box;
use opentelemetry::global::{self, BoxedTracer};
use opentelemetry::trace::{FutureExt as _, Span as _, Status, TraceContextExt as _, Tracer as _};
use opentelemetry::{Context, ContextGuard, KeyValue};
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, SpanExporter};
use std::sync::LazyLock;

pub(super) const FUNCTIONS: Functions = Functions {
    plain,
    attributes: Some(|| attributes(0, "gold", TEXT)),
    error: || drop(black_box(error())),
    unsampled: plain,
    leaf: None,
    asynchronous: || Box::pin(asynchronous()),
};

static TRACER: LazyLock<BoxedTracer> = LazyLock::new(|| global::tracer("benchmark"));

struct Running(SdkTracerProvider);

impl Installed for Running {
    fn flush(&self) {
        self.0.force_flush().expect("everything is exported");
    }

    fn shutdown(self: Box<Self>) {
        self.0.shutdown().expect("everything is exported");
    }
}

pub(super) fn install(setup: Setup) -> Box<dyn Installed> {
    let provider = provider(setup);
    global::set_tracer_provider(provider.clone());
    Box::new(Running(provider))
}

/// Shared with what builds on the SDK.
pub(super) fn provider(setup: Setup) -> SdkTracerProvider {
    let root = if setup.sampled { Sampler::AlwaysOn } else { Sampler::AlwaysOff };
    SdkTracerProvider::builder()
        .with_sampler(Sampler::ParentBased(Box::new(root)))
        .with_span_processor(if setup.otlp { batching(exporter::otlp(), setup) } else { batching(CountingExporter, setup) })
        .build()
}

fn batching(exporter: impl SpanExporter + 'static, setup: Setup) -> BatchSpanProcessor {
    let batch = BatchConfigBuilder::default().with_max_queue_size(setup.queue).build();
    BatchSpanProcessor::builder(exporter).with_batch_config(batch).build()
}

fn enter(name: &'static str) -> ContextGuard {
    Context::current_with_span(TRACER.start(name)).attach()
}

fn plain() {
    let _entered = enter("plain");
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

fn plain_child(n: u64) {
    let _entered = enter("plain_child");
    black_box(n);
}

fn enter_with(name: &'static str, n: i64, tier: &'static str, order: &str) -> ContextGuard {
    let mut span = TRACER.start(name);
    span.set_attribute(KeyValue::new("n", n));
    span.set_attribute(KeyValue::new("tier", tier));
    span.set_attribute(KeyValue::new("order", order.to_owned()));
    Context::current_with_span(span).attach()
}

fn attributes(n: i64, tier: &'static str, order: &str) {
    let _entered = enter_with("attributes", n, tier, order);
    for n in 0..10 {
        attributes_child(n, "gold", TEXT);
    }
}

fn attributes_child(n: i64, tier: &'static str, order: &str) {
    let _entered = enter_with("attributes_child", n, tier, order);
    black_box((n, tier, order));
}

fn recorded(result: Result<(), Failure>) -> Result<(), Failure> {
    if let Err(error) = &result {
        Context::map_current(|context| {
            context.span().record_error(error);
            context.span().set_status(Status::error(error.to_string()));
        });
    }
    result
}

fn error() -> Result<(), Failure> {
    let _entered = enter("error");
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    recorded(Err(Failure))
}

fn error_child(n: u64) -> Result<(), Failure> {
    let _entered = enter("error_child");
    black_box(n);
    recorded(Err(Failure))
}

async fn asynchronous() {
    let context = Context::current_with_span(TRACER.start("asynchronous"));
    let body = async {
        for n in 0..CHILDREN {
            asynchronous_child(n).await;
        }
    };
    body.with_context(context).await;
}

async fn asynchronous_child(n: u64) {
    let context = Context::current_with_span(TRACER.start("asynchronous_child"));
    let body = async {
        black_box(n);
        tokio::task::yield_now().await;
    };
    body.with_context(context).await;
}
