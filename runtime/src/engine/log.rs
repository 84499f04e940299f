//! The finished spans of one thread that no one has fetched yet. The thread appends without a lock; the export thread reads when it is
//! time; a full chunk goes to the queue.

use super::chunk::{Chunk, Reading, Writing};
use super::queue::Queue;
use super::record::Record;
use super::sync::{Arc, AtomicU64, Mutex, MutexGuard, Ordering, PoisonError};

/// The end in the hands of the thread.
#[derive(Debug)]
pub(crate) struct Writer {
    writing: Writing,
    log: Arc<Log>,
}

/// What the thread shares with the export thread.
#[derive(Debug)]
pub(crate) struct Log {
    /// Of the chunk that the thread is writing; none once it has ended.
    reading: Mutex<Option<Reading>>,
    /// Written by the owner only.
    started: AtomicU64,
}

impl Writer {
    fn new(Chunk { writing, reading }: Chunk) -> Self {
        let log = Log { reading: Mutex::new(Some(reading)), started: AtomicU64::new(0) };
        Self { writing, log: Arc::new(log) }
    }

    /// Counts a span that started.
    #[inline]
    pub(crate) fn started(&self) {
        let started = &self.log.started;
        started.store(started.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }

    /// Appends a finished span. Returns the chunk before, if it had no room for it.
    #[inline]
    pub(crate) fn push(&mut self, record: &mut Record, queue: &Queue) -> Option<Chunk> {
        if self.writing.len() < queue.chunk_spans() && self.writing.append(record) {
            return None;
        }
        Some(self.push_into_next(record, queue))
    }

    #[cold]
    fn push_into_next(&mut self, record: &mut Record, queue: &Queue) -> Chunk {
        let next = queue.spare();
        let writing = core::mem::replace(&mut self.writing, next.writing);
        let reading = self.log.reading().replace(next.reading);
        self.writing.append(record);
        reading.map_or_else(Chunk::default, |reading| Chunk { writing, reading })
    }

    /// The thread is ending: what it has written, for the queue.
    pub(crate) fn close(self, logs: &Logs) -> Option<Chunk> {
        let reading = self.log.reading().take();
        logs.forget(&self.log);
        reading.map(|reading| Chunk { writing: self.writing, reading })
    }
}

impl Log {
    fn reading(&self) -> MutexGuard<'_, Option<Reading>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
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
    /// A log for this thread.
    pub(crate) fn open(&self, queue: &Queue) -> Writer {
        let writer = Writer::new(queue.spare());
        self.open.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&writer.log));
        writer
    }

    /// Shows what every thread has finished.
    pub(crate) fn sweep(&self, mut each: impl FnMut(&mut Reading)) {
        let logs: Vec<_> = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for log in &logs {
            if let Some(reading) = &mut *log.reading() {
                each(reading);
            }
        }
    }

    /// Under the lock, so that no span is counted twice or not at all.
    fn forget(&self, ended: &Arc<Log>) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = open.iter().position(|log| Arc::ptr_eq(log, ended)) {
            open.swap_remove(place);
            self.started.fetch_add(ended.started.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }

    /// Spans started on any thread so far.
    pub(crate) fn started(&self) -> u64 {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let running: u64 = open.iter().map(|log| log.started.load(Ordering::Relaxed)).sum();
        self.started.load(Ordering::Relaxed) + running
    }
}
