//! The start of an annotated function's span in the engine: its parent, the sampling decision, ids and clock, its place in the `Context`.

use super::live::Live;
use super::record::Head;
use super::sampling::{Verdict, decide};
use super::{Capture, CaptureScope, Engine, Home, ids, local};
use crate::config::Decision;
use crate::span::{Attributes, Begun, Callsite, Inner, Name, Parent, Start, parent_in};
use fastant::Instant;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use opentelemetry::{Context, KeyValue};
use std::sync::Arc;

/// What the short way came to.
pub(crate) enum Plain {
    Begun(Box<Live>, Option<Context>),
    /// Nothing is to be recorded, and nothing to be changed.
    Nothing,
    /// Anything out of the ordinary: [`begin`] sees to it.
    Unusual,
}

/// The common case, at as little cost as can be: a span of the engine, below the current one, with the callsite's own name and kind.
/// `attributes` is called if it is recorded.
#[inline(always)]
#[allow(clippy::inline_always)] // what it returns is taken apart at once: moved as a whole, it costs more than the call
pub(crate) fn begin_plain(callsite: Callsite, attributes: impl FnOnce(&mut Attributes)) -> Plain {
    let Some(engine) = Engine::get().filter(|engine| engine.plain && !engine.is_of_parent()) else { return Plain::Unusual };
    let mut begun = Context::map_current(|current| below(current, engine, callsite));
    if let Plain::Begun(live, _) = &mut begun {
        attributes(live.attributes());
        live.record.head.start = Instant::now();
    }
    begun
}

/// A span below the one in `current`; no code but ours runs here.
#[inline(always)]
#[allow(clippy::inline_always)] // as above
fn below(current: &Context, engine: &Engine, callsite: Callsite) -> Plain {
    let span = current.span();
    let parent = span.span_context();
    let root = !parent.is_valid();
    if current.is_telemetry_suppressed() || !(root || parent.is_sampled()) {
        return Plain::Nothing;
    }
    let usual = if root { matches!(engine.decision, Decision::Always) } else { *parent.trace_state() == TraceState::NONE };
    if !usual {
        return Plain::Unusual;
    }
    let (mut live, span_id) = local::open(engine);
    live.record.head = Head {
        callsite: Some(callsite),
        trace_id: if root { ids::random_trace_id() } else { parent.trace_id() }.into(),
        span_id: SpanId::from(span_id),
        parent_span_id: if root { SpanId::INVALID } else { parent.span_id() },
        trace_flags: if root { TraceFlags::SAMPLED | ids::RANDOM } else { parent.trace_flags() },
        parent_is_remote: parent.is_remote() && !root,
        held: false,
        start: Instant::ZERO,
        end: Instant::ZERO,
    };
    let context = (!callsite.leaf).then(|| current.with_span(live.handle()));
    Plain::Begun(live, context)
}

/// Starts a span, or finds that the trace is not recorded.
pub(crate) fn begin(start: &mut Start<'_>, home: Home) -> Begun {
    let parent = parent_of(start);
    let (trace_id, flags) = ids::trace(&parent, &home);
    let verdict = decide(&home, &parent, |sampler| {
        start.evaluate_attributes();
        let attributes: Vec<KeyValue> = start.known.key_values();
        let context = parent_in(&start.parent_context());
        sampler.should_sample(Some(&context), trace_id, &start.span_name(), &start.span_kind(), &attributes, &start.links)
    });
    match verdict {
        Verdict::Drop(state) => unrecorded(start, &parent, (trace_id, flags), state, &home),
        Verdict::Record { sampled, held, state, attributes } => {
            let mut live = local::take();
            live.record.head = Head {
                callsite: Some(start.callsite),
                trace_id: trace_id.into(),
                span_id: ids::span_id(&home),
                parent_span_id: parent.span_id(),
                trace_flags: flags.with_sampled(sampled),
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
fn unrecorded(start: &Start<'_>, parent: &SpanContext, (trace_id, flags): (TraceId, TraceFlags), state: TraceState, home: &Home) -> Begun {
    let decided = parent.is_valid() && !parent.is_sampled();
    let context = match &start.parent {
        Parent::Current if decided => return Begun::OFF,
        Parent::Given(context) if decided => context.clone(),
        _ => {
            let span_context = SpanContext::new(trace_id, ids::span_id(home), flags.with_sampled(false), false, state);
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
    if start.callsite.leaf {
        return None;
    }
    let handle = live.handle();
    Some(match (&start.parent, home) {
        (Parent::Current, _) => Context::current_with_span(handle),
        (Parent::Given(context), Home::Capture(capture)) if Capture::of(context).is_none() => {
            context.with_value(CaptureScope(Arc::clone(capture))).with_span(handle)
        }
        _ => start.parent_context().with_span(handle),
    })
}
