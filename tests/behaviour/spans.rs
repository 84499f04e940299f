//! Where a span stands in the trace: parents, roots, links; spans by hand.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use traced::opentelemetry::baggage::BaggageExt as _;
use traced::opentelemetry::trace::{SpanContext, TraceContextExt as _};
use traced::opentelemetry::{Context, KeyValue};
use traced::testing::{capture, capture_async};
use traced::traced;

#[traced(root)]
fn apart() {}

#[traced(root(link))]
fn apart_but_linked() {}

#[traced(parent = parent)]
fn adopted(parent: &Context) {
    leaf();
}

#[traced(leaf)]
fn leaf() {
    sibling();
}

#[traced]
fn sibling() {}

#[traced(current, attributes(inside = true))]
fn inside() {}

#[traced(when = on)]
fn sometimes(on: bool) {
    sibling();
}

#[traced]
fn request() {
    apart();
    apart_but_linked();
    inside();
    sometimes(false);
    sometimes(true);
    let here = Context::current();
    let outside = Context::new().with_span_of(&here);
    adopted(&outside);
}

trait WithSpanOf {
    fn with_span_of(&self, other: &Context) -> Context;
}

impl WithSpanOf for Context {
    fn with_span_of(&self, other: &Context) -> Context {
        self.with_remote_span_context(other.span().span_context().clone())
    }
}

#[test]
fn spans_stand_where_their_arguments_put_them() {
    let ((), trace) = capture(request);
    assert_eq!(
        trace.tree(),
        "request [inside=true]\n  sibling\n  sometimes\n    sibling\n  adopted\n    leaf\n    sibling\napart\napart_but_linked\n  → request\n"
    );
    let ids: Vec<_> = trace.roots().iter().map(|root| root.context().trace_id()).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
}

#[test]
fn spans_by_hand() {
    let ((), trace) = capture(|| {
        let mut span = traced::span!("charge", kind = client, amount = 3);
        span.in_scope(sibling);
        let _guard = span.enter();
        sibling();
    });
    assert_eq!(trace.tree(), "charge CLIENT [amount=3]\n  sibling\n  sibling\n");
}

#[test]
fn the_current_span_can_be_renamed_linked_and_given_a_status() {
    #[traced]
    fn written() {
        traced::rename("another");
        traced::set_status(traced::opentelemetry::trace::Status::Ok);
        traced::record_error(&std::fmt::Error);
        let here = Context::current().span().span_context().clone();
        assert_eq!(traced::trace_id(), Some(here.trace_id()));
        assert_eq!(traced::span_id(), Some(here.span_id()));
        traced::link(here);
    }
    let ((), trace) = capture(written);
    assert_eq!(
        trace.tree(),
        "another [error.type=core::fmt::Error] OK\n  \
         · exception [exception.type=core::fmt::Error, exception.message=an error occurred when formatting an argument]\n  → another\n"
    );
    assert_eq!(traced::trace_id(), None);
}

#[test]
fn a_hundred_thousand_nested_calls_are_recorded() {
    #[traced]
    fn dig(depth: u32) {
        if depth > 0 {
            dig(depth - 1);
        }
    }
    let run = || capture(|| dig(100_000)).1.spans("dig").len();
    let spans = std::thread::Builder::new().stack_size(1 << 30).spawn(run).expect("a thread").join().expect("no panic");
    assert_eq!(spans, 100_001);
}

#[test]
fn guards_that_are_dropped_out_of_order_leave_every_span_its_parent() {
    let ((), trace) = capture(|| {
        let mut first = traced::span!("first");
        let mut second = traced::span!("second");
        let first_guard = first.enter();
        let second_guard = second.enter();
        drop(first_guard);
        sibling();
        drop(second_guard);
        sibling();
    });
    assert_eq!(trace.tree(), "first\nsecond\n  sibling\nsibling\n");
}

/// A value whose text is traced itself.
struct Traced;

impl std::fmt::Display for Traced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        sibling();
        traced::record!(written.by = "Display");
        f.write_str("text")
    }
}

#[traced(attributes(value = %value))]
fn captures(value: &Traced) {
    traced::record!(again = %value);
}

#[test]
fn a_value_may_trace_while_it_is_captured() {
    let ((), trace) = capture(|| traced::span!("around").in_scope(|| captures(&Traced)));
    let expected = "around [written.by=Display]\n  captures [value=text, written.by=Display, again=text]\n    sibling\n  sibling\n";
    assert_eq!(trace.tree(), expected);
}

#[test]
fn a_span_that_unwinding_ends_is_where_it_belongs() {
    struct Cleanup(traced::Span);
    impl Drop for Cleanup {
        fn drop(&mut self) {
            self.0.in_scope(sibling);
            sibling();
        }
    }
    #[traced]
    fn fails() {
        let _cleanup = Cleanup(traced::span!("cleanup"));
        panic!("broken");
    }
    let (out, trace) = capture(|| std::panic::catch_unwind(fails));
    assert!(out.is_err());
    let children: Vec<_> = trace.span("fails").children().iter().map(|span| (span.name().to_owned(), span.children().len())).collect();
    assert_eq!(children, [("cleanup".to_owned(), 1), ("sibling".to_owned(), 0)]);
    let statuses: Vec<_> = ["fails", "cleanup"].map(|name| format!("{:?}", trace.span(name).status())).into();
    assert_eq!(statuses, [r#"Error { description: "broken" }"#, "Unset"]);
}

/// What came from elsewhere, in the forms that contexts take.
struct Job {
    context: Context,
    origin: SpanContext,
    headers: HashMap<String, String>,
}

impl Job {
    #[traced(name = "enqueue")]
    fn new() -> Self {
        let mut headers = HashMap::new();
        traced::inject(&mut headers);
        let context = Context::current();
        Self { origin: context.span().span_context().clone(), context, headers }
    }

    #[traced(parent = self.context)]
    fn prepare(&self) {}

    #[traced(parent = &self.origin, link = self.origin)]
    async fn run(&self) {
        std::future::ready(()).await;
    }

    #[traced(link = self.headers)]
    fn reports(&self) {}
}

#[traced(links = jobs.iter().map(|job| &job.headers))]
fn run_all(jobs: &[Job]) {}

#[tokio::test]
async fn parents_and_links_come_from_contexts_and_carriers_of_the_receiver_too() {
    let ((), trace) = capture_async(async {
        let jobs = [Job::new(), Job::new()];
        jobs[0].prepare();
        jobs[1].run().await;
        jobs[0].reports();
        run_all(&jobs);
    })
    .await;
    assert_eq!(
        trace.tree(),
        "enqueue\n  prepare\nenqueue\n  run\n    → enqueue\nreports\n  → enqueue\nrun_all\n  → enqueue\n  → enqueue\n"
    );
}

#[test]
fn a_new_trace_keeps_the_baggage() {
    #[traced(root)]
    fn tenant() -> Option<String> {
        Context::current().baggage().get("tenant").map(ToString::to_string)
    }
    let (tenant, trace) = capture(|| {
        let _baggage = Context::current_with_baggage([KeyValue::new("tenant", "acme")]).attach();
        traced::span!("caller").in_scope(tenant)
    });
    assert_eq!(tenant.as_deref(), Some("acme"));
    assert_eq!(trace.tree(), "caller\ntenant\n");
}

#[tokio::test]
async fn without_a_span_of_its_own_a_function_tells_the_enclosing_one_how_it_ended() {
    #[traced(current, ret = "seats", err(reason = err))]
    fn reserve(seats: u32) -> Result<u32, &'static str> {
        if seats > 3 { Err("sold out") } else { Ok(seats) }
    }
    #[traced(current)]
    async fn pay() -> Result<(), &'static str> {
        std::future::ready(Err("declined")).await
    }
    #[traced]
    async fn order(seats: u32) {
        if reserve(seats).is_ok() {
            let _ = pay().await;
        }
    }
    let ((), trace) = capture_async(async {
        order(2).await;
        order(9).await;
        assert!(pay().await.is_err(), "and nobody is told");
    })
    .await;
    let failed =
        |message: &str| format!("error.type=&str] ERROR: {message}\n  · exception [exception.type=&str, exception.message={message}]\n");
    assert_eq!(trace.tree(), format!("order [seats=2, {}order [reason=sold out, {}", failed("declined"), failed("sold out")));
}

#[tokio::test]
async fn a_future_may_be_left_without_a_span_too() {
    #[traced(when = on)]
    async fn waits(on: bool) {
        child().await;
    }
    #[traced(when = on)]
    fn later(on: bool) -> impl Future<Output = ()> {
        child()
    }
    #[traced(when = on)]
    fn boxed(on: bool) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(child())
    }
    #[traced]
    async fn child() {
        tokio::task::yield_now().await;
    }
    let ((), trace) = capture_async(async {
        for on in [true, false] {
            waits(on).await;
            later(on).await;
            boxed(on).await;
        }
    })
    .await;
    assert_eq!(trace.tree(), "waits\n  child\nlater\n  child\nboxed\n  child\nchild\nchild\nchild\n");
}
