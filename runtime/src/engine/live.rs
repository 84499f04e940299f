//! A recorded span in the hands of the function that runs: its record, its half of what is shared, and how it ends.

use super::record::Record;
use super::shared::{Handle, Owner};
use super::{Home, local};
use crate::outcome::Failure;
use crate::span::Attributes;
use fastant::Instant;
use opentelemetry::Context;
use opentelemetry::trace::{Event, TraceContextExt as _};
use std::sync::Arc;
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

    /// The context that holds the span's handle is about to be let go.
    #[inline]
    pub(crate) fn letting_go(&self) {
        self.owner.expect_back();
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
            self.letting_go();
            drop(self.context.take());
        }
        self.record.head.end = Instant::now();
        let writes = self.owner.close();
        if writes.is_some() {
            self.record.merge(writes);
        }
        if let Home::Capture(capture) = &self.record.home {
            let capture = Arc::clone(capture);
            capture.finish(&mut self.record);
            self.record.home = Home::Engine;
            local::give_back(self);
        } else {
            local::close(self);
        }
    }
}
