//! Full chunks on their way to the export thread: bounded, counted in spans. A producer that finds it full drops its chunk or waits, as
//! configured; it never waits longer than an export may take.

use super::chunk::Chunk;
use super::stats::Counters;
use crate::config::{Batch, WhenFull};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Notify;

/// Spans in a chunk at the most: enough to make its way through the queue's lock rare.
const CHUNK_SPANS: usize = 64;
/// Emptied chunks kept for reuse.
const SPARE_CHUNKS: usize = 32;

#[derive(Debug)]
pub(crate) struct Queue {
    batch: Batch,
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
    closed: bool,
}

impl Queue {
    pub(crate) fn new(batch: &Batch) -> Self {
        Self { batch: batch.clone(), state: Mutex::default(), room: Condvar::new(), wake: Notify::new() }
    }

    pub(crate) fn batch(&self) -> &Batch {
        &self.batch
    }

    /// How many spans a thread collects before it hands them over.
    pub(crate) fn chunk_spans(&self) -> usize {
        CHUNK_SPANS.min(self.batch.max_queue_size)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a chunk to the export thread.
    pub(crate) fn offer(&self, chunk: Chunk, counters: &Counters) {
        let mut state = self.state();
        if !self.has_room(&state, &chunk) && self.batch.when_full == WhenFull::Block {
            state = self.wait_for_room(state, &chunk);
        }
        if !self.has_room(&state, &chunk) || state.closed {
            counters.dropped(chunk.len());
            return state.keep(chunk);
        }
        state.spans += chunk.len();
        state.full.push_back(chunk);
        if state.spans >= self.batch.max_export_batch_size {
            self.wake.notify_one();
        }
    }

    fn has_room(&self, state: &State, chunk: &Chunk) -> bool {
        state.spans + chunk.len() <= self.batch.max_queue_size
    }

    fn wait_for_room<'a>(&'a self, mut state: MutexGuard<'a, State>, chunk: &Chunk) -> MutexGuard<'a, State> {
        let deadline = Instant::now() + self.batch.export_timeout;
        while !self.has_room(&state, chunk) && !state.closed {
            self.wake.notify_one();
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.room.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state
    }

    /// The oldest full chunk, and room for another one.
    pub(crate) fn take(&self) -> Option<Chunk> {
        let mut state = self.state();
        let chunk = state.full.pop_front()?;
        state.spans -= chunk.len();
        drop(state);
        self.room.notify_all();
        Some(chunk)
    }

    /// Keeps an emptied chunk for reuse.
    pub(crate) fn keep(&self, chunk: Chunk) {
        self.state().keep(chunk);
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

impl State {
    fn keep(&mut self, mut chunk: Chunk) {
        if self.spare.len() < SPARE_CHUNKS {
            chunk.clear();
            self.spare.push(chunk);
        }
    }
}
