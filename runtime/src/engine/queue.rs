//! Full chunks on their way to the export thread: bounded, counted in spans. A producer that finds it full drops its chunk or waits, as
//! configured; it never waits longer than an export may take.

use super::chunk::Chunk;
use super::stats::Counters;
use super::sync::{Condvar, Mutex, MutexGuard, Notify, PoisonError};
use crate::config::{Batch, WhenFull};
use std::collections::VecDeque;
use std::time::Instant;

/// Spans in a chunk at the most; those with attributes fill it sooner.
const CHUNK_SPANS: usize = 100;

/// So many chunks are fetched before there are spans for a batch: of threads that ended early, each with little in it.
const WAITING_CHUNKS: usize = 64;

#[derive(Debug)]
pub(crate) struct Queue {
    batch: Batch,
    chunk_spans: usize,
    state: Mutex<State>,
    room: Condvar,
    /// Wakes the export thread.
    pub(crate) wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    full: VecDeque<Chunk>,
    spare: Vec<Chunk>,
    spans: usize,
    /// Producers that wait for room.
    waiting: usize,
    closed: bool,
}

impl Queue {
    pub(crate) fn new(batch: &Batch) -> Self {
        let chunk_spans = CHUNK_SPANS.min(batch.max_queue_size);
        Self { batch: batch.clone(), chunk_spans, state: Mutex::default(), room: Condvar::new(), wake: Notify::new() }
    }

    pub(crate) fn batch(&self) -> &Batch {
        &self.batch
    }

    /// How many spans a thread collects at the most before it hands them over.
    #[inline]
    pub(crate) fn chunk_spans(&self) -> usize {
        self.chunk_spans
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a chunk to the export thread.
    pub(crate) fn offer(&self, chunk: Chunk, counters: &Counters) {
        let mut state = self.state();
        if chunk.len() == 0 {
            return self.keep_in(&mut state, chunk);
        }
        if !self.has_room(&state, &chunk) && self.batch.when_full == WhenFull::Block {
            state = self.wait_for_room(state, &chunk);
        }
        if !self.has_room(&state, &chunk) || state.closed {
            counters.dropped(chunk.len());
            return self.keep_in(&mut state, chunk);
        }
        state.spans += chunk.len();
        state.full.push_back(chunk);
        if state.spans >= self.batch.max_export_batch_size || state.full.len() >= WAITING_CHUNKS {
            self.wake.notify_one();
        }
    }

    fn has_room(&self, state: &State, chunk: &Chunk) -> bool {
        state.spans + chunk.len() <= self.batch.max_queue_size
    }

    fn wait_for_room<'a>(&'a self, mut state: MutexGuard<'a, State>, chunk: &Chunk) -> MutexGuard<'a, State> {
        let began = Instant::now();
        while !self.has_room(&state, chunk) && !state.closed {
            self.wake.notify_one();
            let left = self.batch.export_timeout.saturating_sub(began.elapsed());
            if left.is_zero() {
                break;
            }
            state.waiting += 1;
            state = self.room.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
            state.waiting -= 1;
        }
        state
    }

    /// Keeps emptied chunks for reuse and takes the oldest full ones instead, about a batch of spans: then there is room for others.
    pub(crate) fn exchange(&self, chunks: &mut Vec<Chunk>) {
        let mut state = self.state();
        chunks.drain(..).for_each(|chunk| self.keep_in(&mut state, chunk));
        let mut spans = 0;
        while spans < self.batch.max_export_batch_size
            && let Some(chunk) = state.full.pop_front()
        {
            spans += chunk.len();
            chunks.push(chunk);
        }
        state.spans -= spans;
        if state.waiting > 0 && spans > 0 {
            self.room.notify_all();
        }
    }

    /// As many as there can be full ones: memory that has been needed once is not returned to be asked for again.
    fn keep_in(&self, state: &mut State, mut chunk: Chunk) {
        if state.spare.len() * self.chunk_spans() < self.batch.max_queue_size {
            chunk.clear();
            state.spare.push(chunk);
        }
    }

    /// Exchanges that fetch all that is full by now.
    pub(crate) fn exchanges(&self) -> usize {
        self.state().spans / self.batch.max_export_batch_size + 1
    }

    /// An empty chunk.
    pub(crate) fn spare(&self) -> Chunk {
        self.state().spare.pop().unwrap_or_default()
    }

    /// Nobody fetches chunks any more: waiting producers go on.
    pub(crate) fn close(&self) {
        self.state().closed = true;
        self.room.notify_all();
    }
}
