//! fastrace's `#[trace]` and its OpenTelemetry reporter. A root is opened by hand, as fastrace wants it.

use super::{CHILDREN, Failure, Functions, Installed, Setup, TEXT};
use crate::exporter::{CountingExporter, exported, otlp};
use core::hint::black_box;
use fastrace::collector::Config;
use fastrace::future::FutureExt as _;
use fastrace::prelude::{Event, LocalSpan, Span, SpanContext, trace};
use fastrace_opentelemetry::OpenTelemetryReporter;
use opentelemetry::InstrumentationScope;
use opentelemetry_sdk::Resource;
use std::borrow::Cow;

pub(super) const FUNCTIONS: Functions = Functions {
    plain: || plain(SpanContext::random()),
    attributes: Some(|| attributes(0, "gold", TEXT)),
    error: || drop(black_box(error())),
    unsampled: || plain(SpanContext::random().sampled(false)),
    leaf: None,
    asynchronous: || Box::pin(asynchronous()),
};

struct Running;

impl Installed for Running {
    fn flush(&self) {
        fastrace::flush();
    }

    /// What did not fit into a thread's channel follows when the thread sends something else.
    fn shutdown(self: Box<Self>) {
        fastrace::flush();
        let mut before = u64::MAX;
        while exported() != before {
            before = exported();
            Span::root("flush", SpanContext::random()).cancel();
            fastrace::flush();
        }
    }
}

pub(super) fn install(setup: Setup) -> Box<dyn Installed> {
    let resource = Cow::Owned(Resource::builder().with_service_name("benchmark").build());
    let scope = InstrumentationScope::builder("benchmark").build();
    let reporter = if setup.otlp {
        OpenTelemetryReporter::new(otlp(), resource, scope)
    } else {
        OpenTelemetryReporter::new(CountingExporter, resource, scope)
    };
    fastrace::set_reporter(reporter, Config::default());
    Box::new(Running)
}

fn plain(context: SpanContext) {
    let root = Span::root("plain", context);
    let _current = root.set_local_parent();
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

#[trace(short_name = true)]
fn plain_child(n: u64) {
    black_box(n);
}

fn attributes(n: i64, tier: &'static str, order: &str) {
    let root = Span::root("attributes", SpanContext::random())
        .with_properties(|| [("n", Cow::Owned(n.to_string())), ("tier", Cow::Borrowed(tier)), ("order", Cow::Owned(order.to_owned()))]);
    let _current = root.set_local_parent();
    for n in 0..10 {
        attributes_child(n, "gold", TEXT);
    }
}

#[trace(short_name = true, properties = { "n": "{n}", "tier": "{tier}", "order": "{order}" })]
fn attributes_child(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
}

/// An event for the error, and the properties that the reporter makes a status of.
fn recorded(result: Result<(), Failure>) -> Result<(), Failure> {
    if let Err(error) = &result {
        LocalSpan::add_event(Event::new("exception").with_property(|| ("exception.message", error.to_string())));
        LocalSpan::add_properties(|| {
            [("span.status_code", Cow::Borrowed("error")), ("span.status_description", Cow::Owned(error.to_string()))]
        });
    }
    result
}

fn error() -> Result<(), Failure> {
    let root = Span::root("error", SpanContext::random());
    let _current = root.set_local_parent();
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    recorded(Err(Failure))
}

#[trace(short_name = true)]
fn error_child(n: u64) -> Result<(), Failure> {
    black_box(n);
    recorded(Err(Failure))
}

async fn asynchronous() {
    let root = Span::root("asynchronous", SpanContext::random());
    let body = async {
        for n in 0..CHILDREN {
            asynchronous_child(n).await;
        }
    };
    body.in_span(root).await;
}

#[trace(short_name = true)]
async fn asynchronous_child(n: u64) {
    black_box(n);
    tokio::task::yield_now().await;
}
