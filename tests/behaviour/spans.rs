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
