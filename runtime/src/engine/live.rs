//! A recorded span and its two holders: the function that runs, which owns the record, and the `Context`, through which everybody else
//! sees the span and may write to it. Writes from outside are kept apart and merged when the span ends.

use super::record::{Rare, Record, api_writes};
use super::{Home, local};
use crate::outcome::Failure;
use crate::span::Attributes;
use core::sync::atomic::{AtomicBool, Ordering, fence};
use fastant::Instant;
use opentelemetry::Context;
use opentelemetry::trace::{Event, Span, SpanContext, TraceContextExt as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The owner's half: pooled, a thread keeps a few.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) record: Record,
    pub(crate) shared: Arc<Shared>,
    /// Kept where the span is entered more than once: across the polls of a future.
    context: Option<Context>,
}

/// The half that others write to. It is reused with the rest, once nobody else holds it.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    outside: Mutex<Outside>,
    /// Whether `outside` is worth a look: set with it, under its lock.
    touched: AtomicBool,
}

#[derive(Debug, Default)]
struct Outside {
    ended: bool,
    writes: Option<Box<Rare>>,
}

/// The span in a `Context`.
#[derive(Debug)]
pub(crate) struct Handle {
    span_context: SpanContext,
    shared: Arc<Shared>,
}

impl Shared {
    fn outside(&self) -> MutexGuard<'_, Outside> {
        self.outside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, write: impl FnOnce(&mut Rare)) {
        let mut outside = self.outside();
        if !outside.ended {
            self.touched.store(true, Ordering::Relaxed);
            write(outside.writes.get_or_insert_default());
        }
    }
}

impl Live {
    pub(crate) fn blank() -> Box<Self> {
        Box::new(Self { record: Record::blank(), shared: Arc::default(), context: None })
    }

    /// The span, to be put into a `Context`.
    #[inline]
    pub(crate) fn handle(&mut self) -> Handle {
        Handle { span_context: self.record.span_context(), shared: Arc::clone(&self.shared) }
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
        if self.context.is_some() {
            drop(self.context.take());
        }
        self.record.head.end = Instant::now();
        self.close_outside();
        if let Home::Capture(capture) = &self.record.home {
            let capture = Arc::clone(capture);
            capture.finish(&mut self.record);
            self.record.home = Home::Engine;
            local::give_back(self);
        } else {
            local::close(self);
        }
    }

    /// Takes what was written from outside, and sees to it that nothing more is.
    #[inline]
    fn close_outside(&mut self) {
        if Arc::strong_count(&self.shared) == 1 {
            // Nobody else is left to write. What those who are gone wrote must be seen: their last act was to let go of the Arc.
            fence(Ordering::Acquire);
            if self.shared.touched.load(Ordering::Relaxed) {
                let outside = core::mem::take(&mut *self.shared.outside());
                self.shared.touched.store(false, Ordering::Relaxed);
                self.record.merge(outside.writes);
            }
        } else {
            let writes = {
                let mut outside = self.shared.outside();
                outside.ended = true;
                outside.writes.take()
            };
            self.record.merge(writes);
            self.shared = Arc::default();
        }
    }
}

impl Handle {
    fn write(&mut self, write: impl FnOnce(&mut Rare)) {
        self.shared.write(write);
    }
}

impl Span for Handle {
    api_writes!(write);

    fn span_context(&self) -> &SpanContext {
        &self.span_context
    }

    fn is_recording(&self) -> bool {
        !self.shared.outside().ended
    }

    /// Ends what outsiders may write; the function itself goes on, and the span is exported with this end when it returns.
    fn end_with_timestamp(&mut self, timestamp: SystemTime) {
        let mut outside = self.shared.outside();
        if !outside.ended {
            self.shared.touched.store(true, Ordering::Relaxed);
            outside.ended = true;
            outside.writes.get_or_insert_default().end = Some(timestamp);
        }
    }
}
