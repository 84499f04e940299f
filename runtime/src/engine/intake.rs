//! What the export thread has fetched and not exported yet: decoded, in order of arrival; unsampled spans go by way of `keep`.

use super::Engine;
use super::chunk::{Chunk, Reading};
use super::clock::Clock;
use super::keep::Keeper;
use opentelemetry_sdk::trace::SpanData;
use std::collections::VecDeque;

#[derive(Debug)]
pub(crate) struct Intake {
    engine: &'static Engine,
    clock: Clock,
    keeper: Option<Keeper>,
    /// Fetched from the queue, and emptied.
    chunks: Vec<Chunk>,
    batches: Batches,
}

impl Intake {
    pub(crate) fn new(engine: &'static Engine) -> Self {
        let batches = Batches { most: engine.queue.batch().max_export_batch_size, full: VecDeque::new(), last: Vec::new() };
        Self { engine, clock: Clock::new(), keeper: engine.keep.clone().map(Keeper::new), chunks: Vec::new(), batches }
    }

    /// Takes about a batch from the queue.
    pub(crate) fn fetch(&mut self) {
        self.clock.steer();
        let mut chunks = core::mem::take(&mut self.chunks);
        self.engine.queue.exchange(&mut chunks);
        for chunk in &mut chunks {
            self.decode(&mut chunk.reading);
        }
        self.chunks = chunks;
    }

    /// Takes what no thread has handed over yet, and decides about held traces; with `last`, about all of them.
    pub(crate) fn sweep(&mut self, last: bool) {
        let engine = self.engine;
        engine.logs.sweep(|spans| self.decode(spans));
        if let Some(keeper) = &mut self.keeper {
            keeper.decide(last, &engine.counters, |span| self.batches.push(span));
        }
    }

    fn decode(&mut self, spans: &mut Reading) {
        let Self { engine, clock, keeper, batches, .. } = self;
        let unsampled = engine.shape.decode(spans, clock, |span| match keeper {
            _ if span.span_context.is_sampled() => batches.push(span),
            Some(keeper) => keeper.hold(span, &engine.counters),
            None => engine.counters.unsampled(1),
        });
        if unsampled > 0 {
            engine.counters.unsampled(unsampled);
        }
    }

    /// Whether so much is held that decisions should not wait.
    pub(crate) fn is_pressed(&self) -> bool {
        self.keeper.as_ref().is_some_and(Keeper::is_pressed)
    }

    /// A full batch, if there is one.
    pub(crate) fn batch(&mut self) -> Option<Vec<SpanData>> {
        self.batches.full.pop_front()
    }

    /// What is not enough for a batch.
    pub(crate) fn rest(&mut self) -> Vec<SpanData> {
        self.batches.cut()
    }
}

/// Spans in batches of the configured size, where each is decoded to its place.
#[derive(Debug)]
struct Batches {
    most: usize,
    full: VecDeque<Vec<SpanData>>,
    last: Vec<SpanData>,
}

impl Batches {
    #[inline]
    fn push(&mut self, span: SpanData) {
        self.last.push(span);
        if self.last.len() >= self.most {
            let full = self.cut();
            self.full.push_back(full);
        }
    }

    /// The next batch gets its memory before this one is exported. Otherwise the end of this one is the end of the heap, which glibc gives
    /// back to the system only to fetch it again: several times the page faults.
    fn cut(&mut self) -> Vec<SpanData> {
        let next = Vec::with_capacity(self.last.capacity());
        core::mem::replace(&mut self.last, next)
    }
}
