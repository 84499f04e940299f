//! The engine behind the API's traits: what `opentelemetry::global` hands out once tracing is installed, so that every other
//! instrumentation in the process records into the same engine.

use super::api_span::ApiSpan;
use super::record::{Head, Record};
use super::sampling::{Verdict, decide};
use super::{Engine, Home, ids, local};
use crate::span::{Backend, backend};
use fastant::Instant;
use opentelemetry::trace::{SpanBuilder, SpanContext, SpanKind, TraceContextExt as _, Tracer, TracerProvider};
use opentelemetry::{Context, InstrumentationScope};

/// Tracers that record where annotated functions record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Provider;

/// A tracer with its instrumentation scope.
#[derive(Debug, Clone)]
pub(crate) struct ScopedTracer {
    scope: InstrumentationScope,
}

impl TracerProvider for Provider {
    type Tracer = ScopedTracer;

    fn tracer_with_scope(&self, scope: InstrumentationScope) -> ScopedTracer {
        ScopedTracer { scope }
    }
}

impl Tracer for ScopedTracer {
    type Span = ApiSpan;

    fn build_with_context(&self, mut builder: SpanBuilder, parent_context: &Context) -> ApiSpan {
        let parent = parent_context.span().span_context().clone();
        let Backend::Engine(home) = backend(parent_context) else {
            return ApiSpan::unrecorded(parent);
        };
        let (trace_id, flags) = ids::trace(&parent, &home);
        let kind = builder.span_kind.take().unwrap_or(SpanKind::Internal);
        let attributes = builder.attributes.take().unwrap_or_default();
        let links = builder.links.take().unwrap_or_default();
        let verdict = decide(&home, &parent, |sampler| {
            sampler.should_sample(Some(parent_context), trace_id, &builder.name, &kind, &attributes, &links)
        });
        let span_id = ids::span_id(&home);
        let (sampled, held, state, sampler_attributes) = match verdict {
            Verdict::Record { sampled, held, state, attributes } => (sampled, held, state, attributes),
            Verdict::Drop(state) => {
                return ApiSpan::unrecorded(SpanContext::new(trace_id, span_id, flags.with_sampled(false), false, state));
            }
        };
        let mut record = Box::new(Record::blank());
        record.head = Head {
            callsite: None,
            trace_id: trace_id.into(),
            span_id,
            parent_span_id: parent.span_id(),
            trace_flags: flags.with_sampled(sampled),
            parent_is_remote: parent.is_remote(),
            held,
            start: Instant::now(),
            end: Instant::ZERO,
        };
        let rare = record.rare();
        rare.name = Some(builder.name);
        rare.kind = Some(kind);
        rare.scope = Some(self.scope.clone());
        rare.trace_state = state;
        rare.attributes = attributes;
        rare.attributes.extend(sampler_attributes);
        rare.links = links;
        rare.events = builder.events.unwrap_or_default();
        rare.start = builder.start_time;
        if let (Home::Engine, Some(engine)) = (&home, Engine::get()) {
            local::started(engine);
        }
        record.home = home;
        ApiSpan::recording(record)
    }
}
