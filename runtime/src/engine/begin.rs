//! The start of an annotated function's span in the engine: its parent, the sampling decision, ids and clock, its place in the `Context`.

use super::live::Live;
use super::record::Head;
use super::sampling::{Verdict, decide};
use super::{Capture, CaptureScope, Engine, Home, ids, local};
use crate::config::Decision;
use crate::span::{Attributes, Begun, Callsite, Inner, Name, Parent, Start};
use fastant::Instant;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use opentelemetry::{Context, KeyValue};
use std::sync::Arc;

/// The common case, at as little cost as can be: a span of the engine, below the current one, with the callsite's own name and kind.
/// `None` where anything is out of the ordinary; then [`begin`] sees to it.
#[inline]
pub(crate) fn begin_plain(callsite: &'static Callsite, attributes: &mut Option<&mut dyn FnMut(&mut Attributes)>) -> Option<Begun> {
    let engine = Engine::get().filter(|engine| engine.plain)?;
    let parent = Context::map_current(|current| Seen::of(current, engine))?;
    let Seen::Parent { trace_id, span_id, flags, is_remote } = parent else { return Some(Begun::OFF) };
    let root = trace_id == TraceId::INVALID;
    let mut opened = local::open(engine, root);
    let live = &mut opened.live;
    live.record.head = Head {
        callsite: Some(callsite),
        trace_id: if root { TraceId::from(opened.trace_id) } else { trace_id },
        span_id: SpanId::from(opened.span_id),
        parent_span_id: span_id,
        trace_flags: flags,
        parent_is_remote: is_remote,
        held: false,
        start: Instant::ZERO,
        end: Instant::ZERO,
    };
    if let Some(attributes) = attributes.take() {
        attributes(&mut live.record.attributes);
    }
    let context = (!callsite.site.leaf).then(|| Context::current_with_span(live.handle()));
    live.record.head.start = Instant::now();
    Some(Begun { inner: Inner::Live(opened.live), context })
}

/// The current span, as a parent of the ordinary kind.
enum Seen {
    /// Nothing is to be recorded, and nothing to be changed.
    Nothing,
    /// All zero for a root.
    Parent { trace_id: TraceId, span_id: SpanId, flags: TraceFlags, is_remote: bool },
}

impl Seen {
    #[inline]
    fn of(current: &Context, engine: &Engine) -> Option<Self> {
        if current.is_telemetry_suppressed() {
            return Some(Self::Nothing);
        }
        let span = current.span();
        let parent = span.span_context();
        if !parent.is_valid() {
            let parent =
                Self::Parent { trace_id: TraceId::INVALID, span_id: SpanId::INVALID, flags: TraceFlags::SAMPLED, is_remote: false };
            return matches!(engine.decision, Decision::Always).then_some(parent);
        }
        if !parent.is_sampled() {
            return Some(Self::Nothing);
        }
        let parent = || Self::Parent {
            trace_id: parent.trace_id(),
            span_id: parent.span_id(),
            flags: parent.trace_flags(),
            is_remote: parent.is_remote(),
        };
        (*span.span_context().trace_state() == TraceState::NONE).then(parent)
    }
}

/// Starts a span, or finds that the trace is not recorded.
pub(crate) fn begin(start: &mut Start<'_>, home: Home) -> Begun {
    let parent = parent_of(start);
    let trace_id = if parent.is_valid() { parent.trace_id() } else { ids::trace_id(&home) };
    let verdict = decide(&home, &parent, |sampler| {
        start.evaluate_attributes();
        let attributes: Vec<KeyValue> = start.known.key_values();
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
    let handle = live.handle();
    Some(match (&start.parent, home) {
        (Parent::Current, _) => Context::current_with_span(handle),
        (Parent::Given(context), Home::Capture(capture)) if Capture::of(context).is_none() => {
            context.with_value(CaptureScope(Arc::clone(capture))).with_span(handle)
        }
        _ => start.parent_context().with_span(handle),
    })
}
