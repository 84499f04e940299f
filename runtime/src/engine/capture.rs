//! Where the spans of one test go: the scope travels in the `Context`, so that tests run in parallel and see only their own spans.
//! Ids are counted, so that they are the same in every run.

use super::Shape;
use super::chunk::Chunk;
use super::clock::Clock;
use super::record::Record;
use core::sync::atomic::{AtomicU64, Ordering};
use opentelemetry::{Context, SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;
use std::sync::{Arc, Mutex, PoisonError};

/// The spans that one capture collects.
#[derive(Debug)]
pub(crate) struct Capture {
    traces: AtomicU64,
    spans: AtomicU64,
    finished: Mutex<Collected>,
}

#[derive(Debug)]
struct Collected {
    shape: Shape,
    clock: Clock,
    chunk: Chunk,
    spans: Vec<SpanData>,
}

/// The capture in a `Context`.
#[derive(Debug)]
pub(crate) struct CaptureScope(pub(crate) Arc<Capture>);

impl Capture {
    pub(crate) fn new() -> Arc<Self> {
        let shape = Shape { code_attributes: true, ..Shape::default() };
        let collected = Collected { shape, clock: Clock::new(), chunk: Chunk::default(), spans: Vec::new() };
        Arc::new(Self { traces: AtomicU64::new(1), spans: AtomicU64::new(1), finished: Mutex::new(collected) })
    }

    pub(crate) fn of(context: &Context) -> Option<Arc<Self>> {
        context.get::<CaptureScope>().map(|scope| Arc::clone(&scope.0))
    }

    pub(crate) fn next_trace_id(&self) -> TraceId {
        TraceId::from(u128::from(self.traces.fetch_add(1, Ordering::Relaxed)))
    }

    pub(crate) fn next_span_id(&self) -> SpanId {
        SpanId::from(self.spans.fetch_add(1, Ordering::Relaxed))
    }

    pub(crate) fn finish(&self, record: &mut Record) {
        let mut collected = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        let Collected { shape, clock, chunk, spans } = &mut *collected;
        clock.steer();
        chunk.writing.append(record);
        shape.decode(&mut chunk.reading, clock, |span| {
            if span.span_context.is_sampled() {
                spans.push(span);
            }
        });
        chunk.clear();
    }

    /// What has ended so far.
    pub(crate) fn finished(&self) -> Vec<SpanData> {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner).spans.clone()
    }
}
