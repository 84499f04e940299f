//! Where a span stands in the trace: parents, roots, links; spans by hand.

use traced::opentelemetry::Context;
use traced::opentelemetry::trace::TraceContextExt as _;
use traced::testing::capture;
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
