//! A span that the plain API started on our provider: it owns its record, and ends when it is told to or dropped.

use super::record::{Rare, Record, api_writes};
use super::{Home, local};
use fastant::Instant;
use opentelemetry::trace::{Span, SpanContext};
use std::time::SystemTime;

/// What [`Provider`](super::Provider)'s tracers start.
#[derive(Debug)]
pub(crate) struct ApiSpan {
    span_context: SpanContext,
    record: Option<Box<Record>>,
}

impl ApiSpan {
    pub(crate) fn recording(record: Box<Record>) -> Self {
        Self { span_context: record.span_context(), record: Some(record) }
    }

    pub(crate) fn unrecorded(span_context: SpanContext) -> Self {
        Self { span_context, record: None }
    }

    fn write(&mut self, write: impl FnOnce(&mut Rare)) {
        if let Some(record) = &mut self.record {
            write(record.rare());
        }
    }

    fn finish(&mut self, end: Option<SystemTime>) {
        let Some(mut record) = self.record.take() else { return };
        record.head.end = Instant::now();
        record.rare().end = end;
        match record.home.clone() {
            Home::Capture(capture) => capture.finish(&mut record),
            Home::Engine => local::finish(&mut record),
        }
    }
}

impl Span for ApiSpan {
    api_writes!(write);

    fn span_context(&self) -> &SpanContext {
        &self.span_context
    }

    fn is_recording(&self) -> bool {
        self.record.is_some()
    }

    fn end(&mut self) {
        self.finish(None);
    }

    fn end_with_timestamp(&mut self, timestamp: SystemTime) {
        self.finish(Some(timestamp));
    }
}

impl Drop for ApiSpan {
    fn drop(&mut self) {
        self.finish(None);
    }
}
