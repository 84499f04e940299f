//! What became of every span, counted: at any time with [`stats`], at the end in the [`Report`].

use super::Engine;
use core::fmt;
use core::sync::atomic::{AtomicU64, Ordering};

/// How many spans were started, and what became of them so far. Those in no other count are running or waiting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Recorded spans that started.
    pub started: u64,
    /// Spans that every exporter took.
    pub exported: u64,
    /// Spans for which there was no room in the queue or in the budget of `keep`, or that ended after shutdown.
    pub dropped: u64,
    /// Spans that an exporter or the collector behind it refused, or did not take in time.
    pub failed: u64,
    /// Spans that were recorded although their trace is not sampled, and rightly not exported: for `keep`, or by the sampler's wish.
    pub unsampled: u64,
}

/// The same counts, when everything has been sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Recorded spans that started.
    pub started: u64,
    /// Spans that every exporter took.
    pub exported: u64,
    /// Spans for which there was no room in the queue or in the budget of `keep`, or that ended after shutdown.
    pub dropped: u64,
    /// Spans that an exporter or the collector behind it refused, or did not take in time.
    pub failed: u64,
    /// Spans that were recorded although their trace is not sampled, and rightly not exported: for `keep`, or by the sampler's wish.
    pub unsampled: u64,
}

impl From<Stats> for Report {
    fn from(Stats { started, exported, dropped, failed, unsampled }: Stats) -> Self {
        Self { started, exported, dropped, failed, unsampled }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { started, exported, dropped, failed, unsampled } = self;
        write!(f, "{started} spans started, {exported} exported, {dropped} dropped, {failed} failed")?;
        if *unsampled > 0 { write!(f, ", {unsampled} not sampled") } else { Ok(()) }
    }
}

/// What became of the spans so far; all zero without [`init`](crate::init), and in a process that was forked off after it.
pub fn stats() -> Stats {
    Engine::get().filter(|engine| !engine.is_of_parent()).map(Engine::stats).unwrap_or_default()
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    started: AtomicU64,
    exported: AtomicU64,
    dropped: AtomicU64,
    failed: AtomicU64,
    unsampled: AtomicU64,
}

impl Counters {
    /// A span started on a thread that has no log any more.
    pub(crate) fn started_elsewhere(&self) {
        add(&self.started, 1);
    }

    pub(crate) fn exported(&self, spans: usize) {
        add(&self.exported, spans);
    }

    pub(crate) fn dropped(&self, spans: usize) {
        add(&self.dropped, spans);
    }

    pub(crate) fn failed(&self, spans: usize) {
        add(&self.failed, spans);
    }

    pub(crate) fn unsampled(&self, spans: usize) {
        add(&self.unsampled, spans);
    }

    /// What became of spans is read before how many there were: no more are counted out than in. `elsewhere` counts further starts.
    pub(crate) fn read(&self, elsewhere: impl FnOnce() -> u64) -> Stats {
        let [exported, dropped, failed, unsampled] =
            [&self.exported, &self.dropped, &self.failed, &self.unsampled].map(|counter| counter.load(Ordering::Acquire));
        let started = elsewhere() + self.started.load(Ordering::Relaxed);
        Stats { started, exported, dropped, failed, unsampled }
    }
}

fn add(counter: &AtomicU64, spans: usize) {
    counter.fetch_add(spans as u64, Ordering::Release);
}

impl Engine {
    pub(crate) fn stats(&self) -> Stats {
        self.drop_late();
        self.counters.read(|| self.logs.started())
    }
}
