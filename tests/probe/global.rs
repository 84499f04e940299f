//! The application has a provider of its own, with the SDK's span path, and annotated functions record through it: everything that the engine
//! would have recorded.

use crate::on;
use std::collections::HashMap;
use std::future::{Future, ready};
use std::panic::catch_unwind;
use std::pin::pin;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use traced::opentelemetry::global;
use traced::opentelemetry::trace::Tracer as _;
use traced::sdk::error::OTelSdkResult;
use traced::sdk::trace::{SdkTracerProvider, SpanData, SpanExporter};
use traced::traced;

#[derive(Debug, Clone, Default)]
struct Kept(Arc<Mutex<Vec<SpanData>>>);

impl SpanExporter for Kept {
    fn export(&self, batch: Vec<SpanData>) -> impl Future<Output = OTelSdkResult> + Send {
        self.0.lock().expect("no panic").extend(batch);
        ready(Ok(()))
    }
}

#[traced(kind = server, attributes(order.id = "ord-1"), ret = "charged")]
fn order() -> u64 {
    traced::event!("accepted", by = "probe");
    check(4990);
    let _ = charge(4990);
    apart();
    global::tracer("plain API").in_span("plain", |_| pack());
    7
}

#[traced(current, attributes(checked = cents > 0))]
fn check(cents: u64) {}

#[traced(kind = client, args, err(lost = cents))]
fn charge(cents: u64) -> Result<(), std::fmt::Error> {
    Err(std::fmt::Error)
}

#[traced(root(link))]
fn apart() {
    traced::rename("elsewhere");
}

#[traced(leaf)]
fn pack() {}

#[traced(into = headers)]
fn send(headers: &mut HashMap<String, String>) {}

#[traced(from = headers)]
fn receive(headers: &HashMap<String, String>) -> impl Future<Output = ()> {
    tokio::task::yield_now()
}

#[traced]
async fn waits() {
    std::future::pending::<()>().await;
}

#[traced]
fn breaks() {
    panic!("broken");
}

pub(crate) fn provider() -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    // Asked for before there is a provider: it is seen when it comes.
    traced::use_global_provider();
    pack();
    let kept = Kept::default();
    global::set_text_map_propagator(traced::sdk::propagation::TraceContextPropagator::new());
    global::set_tracer_provider(SdkTracerProvider::builder().with_simple_exporter(kept.clone()).build());
    order();
    let mut headers = HashMap::new();
    send(&mut headers);
    on(&mut tokio::runtime::Builder::new_current_thread(), receive(&headers));
    {
        let mut waits = pin!(waits());
        assert_eq!(waits.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Pending);
    }
    assert!(catch_unwind(breaks).is_err());
    let spans = kept.0.lock().expect("no panic");
    spans.iter().for_each(|span| println!("{}", line(span, &spans)));
    ExitCode::SUCCESS
}

/// `charge (in order, probe) Client [cents=4990] Error(..) exception 0 links`
fn line(span: &SpanData, all: &[SpanData]) -> String {
    let parent = all.iter().find(|other| other.span_context.span_id() == span.parent_span_id).map_or("nothing", |parent| &parent.name);
    let own = |key: &str| !["code.", "exception.", "thread."].iter().any(|prefix| key.starts_with(prefix));
    let attributes = span.attributes.iter().filter(|attribute| own(attribute.key.as_str()));
    let attributes: Vec<_> = attributes.map(|attribute| format!("{}={}", attribute.key, attribute.value)).collect();
    let events: Vec<_> = span.events.iter().map(|event| &*event.name).collect();
    let (name, scope) = (&span.name, span.instrumentation_scope.name());
    format!("{name} ({scope}, in {parent}) {:?} {attributes:?} {:?} {events:?} {} links", span.span_kind, span.status, span.links.len())
}
