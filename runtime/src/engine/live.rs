//! A recorded span in the hands of the function that runs: its record, its half of what is shared, and how it ends.

use super::record::Record;
use super::shared::{Handle, Owner};
use super::{Home, local};
use crate::outcome::Failure;
use crate::span::{Attributes, thread};
use fastant::Instant;
use opentelemetry::trace::{Event, TraceContextExt as _};
use opentelemetry::{Context, ContextGuard};
use std::time::SystemTime;

/// Pooled: a thread keeps a few.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) record: Record,
    owner: Owner,
    /// Kept where the span is entered more than once: across the polls of a future.
    context: Option<Context>,
}

impl Live {
    pub(crate) fn blank() -> Box<Self> {
        Box::new(Self { record: Record::blank(), owner: Owner::new(), context: None })
    }

    /// The span, to be put into a `Context`.
    #[inline]
    pub(crate) fn handle(&mut self) -> Handle {
        self.owner.hand_out(self.record.span_context())
    }

    pub(crate) fn attributes(&mut self) -> &mut Attributes {
        &mut self.record.attributes
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.record.head.callsite.is_some_and(|callsite| callsite.none_is_error)
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
            None => thread::context().with_remote_span_context(self.record.span_context()),
        }
    }

    /// Ends a span that is current by this guard.
    #[inline]
    pub(crate) fn leave(self: Box<Self>, guard: Option<ContextGuard>) {
        if let Some(guard) = guard {
            self.owner.expect_back();
            drop(guard);
        }
        self.finish();
    }

    /// Ends a span that is not current.
    pub(crate) fn end(mut self: Box<Self>) {
        if let Some(context) = self.context.take() {
            self.owner.expect_back();
            drop(context);
        }
        self.finish();
    }

    /// What holds a clone of the span's context can read it on, and writes nothing more.
    #[inline]
    fn finish(mut self: Box<Self>) {
        self.record.head.end = Instant::now();
        if let Some(writes) = self.owner.close() {
            self.record.merge(writes);
        }
        match self.record.home {
            Home::Engine => local::close(self),
            Home::Capture(_) => self.finish_capture(),
        }
    }

    #[cold]
    fn finish_capture(mut self: Box<Self>) {
        if let Home::Capture(capture) = core::mem::replace(&mut self.record.home, Home::Engine) {
            capture.finish(&mut self.record);
        }
        local::give_back(self);
    }
}
