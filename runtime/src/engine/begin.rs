//! The start of an annotated function's span in the engine: its parent, the sampling decision, ids and clock, its place in the `Context`.

use super::live::Live;
use super::record::Head;
use super::sampling::{Verdict, decide};
use super::{Capture, CaptureScope, Engine, Home, ids, local};
use crate::span::{Begun, Inner, Name, Parent, Start};
use fastant::Instant;
use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use opentelemetry::{Context, KeyValue};
use std::sync::Arc;

/// Starts a span, or finds that the trace is not recorded.
pub(crate) fn begin(start: &mut Start<'_>, home: Home) -> Begun {
    let parent = parent_of(start);
    let trace_id = if parent.is_valid() { parent.trace_id() } else { ids::trace_id(&home) };
    let verdict = decide(&home, &parent, |sampler| {
        start.evaluate_attributes();
        let attributes: Vec<KeyValue> = start.known.key_values().collect();
        let context = start.parent_context();
        sampler.should_sample(Some(&context), trace_id, &start.span_name(), &start.span_kind(), &attributes, &start.links)
    });
    match verdict {
        Verdict::Drop(state) => unrecorded(start, &parent, trace_id, state, &home),
        Verdict::Record { sampled, held, state, attributes } => {
            let mut live = local::take();
            live.record.head = Head {
                callsite: Some(start.callsite),
                trace_id,
                span_id: ids::span_id(&home),
                parent_span_id: parent.span_id(),
                trace_flags: parent.trace_flags().with_sampled(sampled),
                parent_is_remote: parent.is_remote(),
                held,
                start: Instant::ZERO,
                end: Instant::ZERO,
            };
            fill(&mut live, start, state, attributes, &home);
            let context = place(&mut live, start, &home);
            live.record.home = home;
            live.record.head.start = Instant::now();
            Begun { inner: Inner::Live(live), context }
        }
    }
}

fn parent_of(start: &Start<'_>) -> SpanContext {
    match &start.parent {
        Parent::Current => Context::map_current(|current| current.span().span_context().clone()),
        Parent::Given(context) => context.span().span_context().clone(),
        Parent::Root => SpanContext::NONE,
    }
}

/// A trace that is not recorded: spans inside, and other services, must see the decision.
fn unrecorded(start: &Start<'_>, parent: &SpanContext, trace_id: TraceId, state: TraceState, home: &Home) -> Begun {
    let decided = parent.is_valid() && !parent.is_sampled();
    let context = match &start.parent {
        Parent::Current if decided => return Begun::OFF,
        Parent::Given(context) if decided => context.clone(),
        _ => {
            let span_context = SpanContext::new(trace_id, ids::span_id(home), TraceFlags::NOT_SAMPLED, false, state);
            start.parent_context().with_remote_span_context(span_context)
        }
    };
    Begun { inner: Inner::Off, context: Some(context) }
}

/// What the span starts with, beyond its ids.
fn fill(live: &mut Live, start: &mut Start<'_>, state: TraceState, sampler_attributes: Vec<KeyValue>, home: &Home) {
    let record = &mut live.record;
    record.attributes.append(&mut start.known);
    start.attributes_into(&mut record.attributes);
    if !matches!(start.name, Name::Callsite) {
        record.rare().name = Some(start.span_name());
    }
    if start.kind.is_some() {
        record.rare().kind = start.kind.take();
    }
    if start.since.is_some() {
        record.rare().start = start.since.take();
    }
    if !start.links.is_empty() {
        record.rare().links = core::mem::take(&mut start.links);
    }
    if state != TraceState::NONE {
        record.rare().trace_state = state;
    }
    if !sampler_attributes.is_empty() {
        record.rare().attributes = sampler_attributes;
    }
    if let (Home::Engine, Some(engine)) = (home, Engine::get()) {
        local::started(engine);
        if engine.thread_attributes {
            thread(live);
        }
    }
}

/// `thread.id` and `thread.name` of the thread that started the span.
fn thread(live: &mut Live) {
    let current = std::thread::current();
    let id = format!("{:?}", current.id());
    let digits = id.trim_start_matches("ThreadId(").trim_end_matches(')');
    live.attributes().i64("thread.id", digits.parse().unwrap_or_default());
    if let Some(name) = current.name() {
        live.attributes().text("thread.name", name);
    }
}

/// The context inside the span; none for a leaf.
fn place(live: &mut Live, start: &Start<'_>, home: &Home) -> Option<Context> {
    if start.callsite.site.leaf {
        return None;
    }
    let span_context = live.record.span_context();
    let handle = live.handle(span_context);
    Some(match (&start.parent, home) {
        (Parent::Current, _) => Context::current_with_span(handle),
        (Parent::Given(context), Home::Capture(capture)) if Capture::of(context).is_none() => {
            context.with_value(CaptureScope(Arc::clone(capture))).with_span(handle)
        }
        _ => start.parent_context().with_span(handle),
    })
}
