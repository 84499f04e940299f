//! A recorded span and its two holders: the function that runs, which owns the record, and the `Context`, through which everybody else
//! sees the span and may write to it. Writes from outside are kept apart and merged when the span ends.

use super::record::{Rare, Record, api_writes};
use super::{Home, local};
use crate::outcome::Failure;
use crate::span::Attributes;
use fastant::Instant;
use opentelemetry::Context;
use opentelemetry::trace::{Event, Span, SpanContext, TraceContextExt as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The owner's half: pooled, a thread keeps a few.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) record: Record,
    pub(crate) shared: Arc<Shared>,
    /// Kept where the span is entered more than once: across the polls of a future.
    context: Option<Context>,
}

/// The half that others see.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) span_context: SpanContext,
    outside: Mutex<Outside>,
}

#[derive(Debug, Default)]
struct Outside {
    ended: bool,
    writes: Option<Box<Rare>>,
}

/// The span in a `Context`.
#[derive(Debug)]
pub(crate) struct Handle(pub(crate) Arc<Shared>);

impl Shared {
    fn new(span_context: SpanContext) -> Arc<Self> {
        Arc::new(Self { span_context, outside: Mutex::default() })
    }

    fn write(&self, write: impl FnOnce(&mut Rare)) {
        let mut outside = self.outside.lock().unwrap_or_else(PoisonError::into_inner);
        if !outside.ended {
            write(outside.writes.get_or_insert_default());
        }
    }
}

impl Live {
    pub(crate) fn blank() -> Box<Self> {
        Box::new(Self { record: Record::blank(), shared: Shared::new(SpanContext::NONE), context: None })
    }

    /// The span under its final ids, to be put into a `Context`.
    pub(crate) fn handle(&mut self, span_context: SpanContext) -> Handle {
        match Arc::get_mut(&mut self.shared) {
            Some(shared) => {
                shared.span_context = span_context;
                *shared.outside.get_mut().unwrap_or_else(PoisonError::into_inner) = Outside::default();
            }
            None => self.shared = Shared::new(span_context),
        }
        Handle(Arc::clone(&self.shared))
    }

    pub(crate) fn attributes(&mut self) -> &mut Attributes {
        &mut self.record.attributes
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.record.head.callsite.is_some_and(|callsite| callsite.site.none_is_error)
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        self.record.rare().failure = Some(failure);
    }

    pub(crate) fn event(&mut self, name: &'static str) {
        self.record.rare().events.push(Event::new(name, SystemTime::now(), Vec::new(), 0));
    }

    pub(crate) fn keep_context(&mut self, context: Context) {
        self.context = Some(context);
    }

    pub(crate) fn context(&self) -> Option<&Context> {
        self.context.as_ref()
    }

    /// The context that carries this span to others, current or not.
    pub(crate) fn outgoing_context(&self) -> Context {
        match &self.context {
            Some(context) => context.clone(),
            None => Context::map_current(|current| current.with_remote_span_context(self.record.span_context())),
        }
    }

    /// Ends the span: what holds a clone of its context can read it on, and writes nothing more.
    pub(crate) fn end(mut self: Box<Self>) {
        drop(self.context.take());
        self.record.head.end = Instant::now();
        let writes = if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.outside.get_mut().unwrap_or_else(PoisonError::into_inner).writes.take()
        } else {
            let mut outside = self.shared.outside.lock().unwrap_or_else(PoisonError::into_inner);
            outside.ended = true;
            outside.writes.take()
        };
        self.record.merge(writes);
        if let Home::Capture(capture) = &self.record.home {
            let capture = Arc::clone(capture);
            capture.finish(&mut self.record);
            self.record.home = Home::Engine;
        } else {
            local::finish(&mut self.record);
        }
        local::give_back(self);
    }
}

impl Handle {
    fn write(&mut self, write: impl FnOnce(&mut Rare)) {
        self.0.write(write);
    }
}

impl Span for Handle {
    api_writes!(write);

    fn span_context(&self) -> &SpanContext {
        &self.0.span_context
    }

    fn is_recording(&self) -> bool {
        !self.0.outside.lock().unwrap_or_else(PoisonError::into_inner).ended
    }

    /// Ends what outsiders may write; the function itself goes on, and the span is exported with this end when it returns.
    fn end_with_timestamp(&mut self, timestamp: SystemTime) {
        let mut outside = self.0.outside.lock().unwrap_or_else(PoisonError::into_inner);
        if !outside.ended {
            outside.ended = true;
            outside.writes.get_or_insert_default().end = Some(timestamp);
        }
    }
}
