//! One trace with every other OpenTelemetry instrumentation: the plain API and `tracing-opentelemetry`, as parents and as children.

use traced::opentelemetry::trace::{Span as _, TraceContextExt as _, Tracer as _};
use traced::opentelemetry::{Context, KeyValue, global};
use traced::testing::capture;
use traced::traced;

#[traced]
fn ours(next: impl FnOnce()) {
    next();
}

/// A tracer of the plain API whose spans go where the current context's do.
fn plain() -> global::BoxedTracer {
    global::set_tracer_provider(traced::testing::tracer_provider());
    global::tracer("plain")
}

#[test]
fn plain_spans_and_ours_nest_both_ways() {
    let tracer = plain();
    let ((), trace) = capture(|| tracer.in_span("plain parent", |_| ours(|| drop(tracer.start("plain child")))));
    assert_eq!(trace.tree(), "plain parent\n  ours\n    plain child\n");
}

#[test]
fn writes_through_the_context_land_on_our_span() {
    let ((), trace) = capture(|| {
        ours(|| {
            let context = Context::current();
            let span = context.span();
            assert!(span.is_recording());
            span.set_attribute(KeyValue::new("from", "outside"));
            span.add_event("seen", vec![KeyValue::new("n", 1)]);
            span.update_name("renamed");
        });
    });
    assert_eq!(trace.tree(), "renamed [from=outside]\n  · seen [n=1]\n");
}

#[test]
fn a_context_that_outlives_its_span_is_read_on_and_written_in_vain() {
    let (kept, trace) = capture(|| {
        let mut kept = None;
        ours(|| kept = Some(Context::current()));
        kept.expect("set inside")
    });
    let span_id = trace.span("ours").context().span_id();
    let other = std::thread::spawn(move || {
        assert!(!kept.span().is_recording());
        kept.span().set_attribute(KeyValue::new("late", true));
        kept.span().span_context().span_id()
    });
    assert_eq!(other.join().expect("no panic"), span_id);
    assert_eq!(trace.tree(), "ours\n");
}

#[test]
fn tracing_spans_nest_both_ways() {
    use tracing_subscriber::layer::SubscriberExt as _;

    let layer = tracing_opentelemetry::layer().with_tracer(plain());
    let subscriber = tracing_subscriber::registry().with(layer);
    let ((), trace) = capture(|| {
        tracing::subscriber::with_default(subscriber, || {
            tracing::info_span!("tracing parent").in_scope(|| ours(|| tracing::info_span!("tracing child").in_scope(|| {})));
        });
    });
    let names: Vec<_> = trace.tree().lines().map(|line| line.split(" [").next().unwrap_or(line).to_owned()).collect();
    assert_eq!(names, ["tracing parent", "  ours", "    tracing child"]);
}

#[test]
fn a_plain_span_ends_once() {
    let tracer = plain();
    let ((), trace) = capture(|| {
        let mut span = tracer.start("once");
        span.end();
        span.set_attribute(KeyValue::new("late", true));
        span.end();
    });
    assert_eq!(trace.tree(), "once\n");
}
