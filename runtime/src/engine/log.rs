//! The finished spans of one thread that no one has fetched yet: the thread appends, and takes the chunk away when it is full; the
//! export thread takes it away when it is time.

use super::chunk::Chunk;
use super::queue::Queue;
use super::record::Record;
use core::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Log {
    chunk: Mutex<Chunk>,
    /// Written by the owner only.
    started: AtomicU64,
    closed: AtomicBool,
}

impl Log {
    /// Counts a span that started.
    pub(crate) fn started(&self) {
        self.started.store(self.started.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }

    /// Appends a finished span. Returns the chunk when that has filled it.
    #[inline]
    pub(crate) fn push(&self, record: &mut Record, queue: &Queue) -> Option<Chunk> {
        let mut chunk = self.chunk.lock().unwrap_or_else(PoisonError::into_inner);
        chunk.push(record);
        (chunk.len() >= queue.chunk_spans()).then(|| core::mem::replace(&mut *chunk, queue.spare()))
    }

    /// Its thread has ended: nothing will be appended any more.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }
}

/// The logs of all threads.
#[derive(Debug, Default)]
pub(crate) struct Logs {
    open: Mutex<Vec<Arc<Log>>>,
    /// Spans started by threads that have ended.
    started: AtomicU64,
}

impl Logs {
    pub(crate) fn open(&self) -> Arc<Log> {
        let log = Arc::new(Log::default());
        self.open.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&log));
        log
    }

    /// Takes what every thread has finished; forgets the logs of threads that have ended.
    pub(crate) fn sweep(&self, mut each: impl FnMut(&mut Chunk)) {
        let logs: Vec<_> = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut spare = Chunk::default();
        for log in &logs {
            let ended = log.closed.load(Ordering::Acquire);
            core::mem::swap(&mut spare, &mut *log.chunk.lock().unwrap_or_else(PoisonError::into_inner));
            if !spare.is_empty() {
                each(&mut spare);
                spare.clear();
            }
            if ended {
                self.forget(log);
            }
        }
    }

    fn forget(&self, ended: &Arc<Log>) {
        self.started.fetch_add(ended.started.load(Ordering::Relaxed), Ordering::Relaxed);
        self.open.lock().unwrap_or_else(PoisonError::into_inner).retain(|log| !Arc::ptr_eq(log, ended));
    }

    /// Spans started on any thread so far.
    pub(crate) fn started(&self) -> u64 {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let running: u64 = open.iter().map(|log| log.started.load(Ordering::Relaxed)).sum();
        self.started.load(Ordering::Relaxed) + running
    }
}
