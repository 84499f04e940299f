//! What the export thread has fetched and not exported yet: decoded, in order of arrival; unsampled spans go by way of `keep`.

use super::Engine;
use super::chunk::{Chunk, Reading};
use super::decode::Decoded;
use super::keep::Keeper;
use opentelemetry_sdk::trace::SpanData;

#[derive(Debug)]
pub(crate) struct Intake {
    engine: &'static Engine,
    keeper: Option<Keeper>,
    pending: Vec<SpanData>,
}

impl Intake {
    pub(crate) fn new(engine: &'static Engine) -> Self {
        Self { engine, keeper: engine.keep.clone().map(Keeper::new), pending: Vec::new() }
    }

    /// Takes a chunk's spans, and gives the chunk back for reuse.
    pub(crate) fn take(&mut self, mut chunk: Chunk) {
        self.decode(&mut chunk.reading);
        self.engine.queue.keep(chunk);
    }

    /// Takes what no thread has handed over yet, and decides about held traces; with `last`, about all of them.
    pub(crate) fn sweep(&mut self, last: bool) {
        let engine = self.engine;
        engine.logs.sweep(|spans| self.decode(spans));
        if let Some(keeper) = &mut self.keeper {
            keeper.decide(last, &engine.counters, |span| self.pending.push(span));
        }
    }

    fn decode(&mut self, spans: &mut Reading) {
        let Self { engine, keeper, pending } = self;
        engine.shape.decode(spans, |span| match (span, &mut *keeper) {
            (Decoded::Sampled(span), _) => pending.push(span),
            (Decoded::Held(span), Some(keeper)) => keeper.hold(span, &engine.counters),
            (Decoded::Held(_) | Decoded::Unsampled, _) => engine.counters.unsampled(1),
        });
    }

    /// Whether so much is held that decisions should not wait.
    pub(crate) fn is_pressed(&self) -> bool {
        self.keeper.as_ref().is_some_and(Keeper::is_pressed)
    }

    /// A full batch, if there is one.
    pub(crate) fn batch(&mut self) -> Option<Vec<SpanData>> {
        let most = self.engine.queue.batch().max_export_batch_size;
        if self.pending.len() < most {
            return None;
        }
        let later = self.pending.split_off(most);
        Some(core::mem::replace(&mut self.pending, later))
    }

    /// What is not enough for a batch.
    pub(crate) fn rest(&mut self) -> Vec<SpanData> {
        core::mem::take(&mut self.pending)
    }
}
