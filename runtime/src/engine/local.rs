//! What a thread keeps for itself: spans to use again, its generator of ids, and the log its finished spans go to.
//! A thread that is ending has none of it: its last spans go to the queue one by one.

use super::live::Live;
use super::log::Log;
use super::record::Record;
use super::{Engine, ids};
use std::cell::RefCell;
use std::sync::Arc;

/// Spans a thread keeps for reuse.
const POOL: usize = 128;

thread_local! {
    static LOCAL: RefCell<Local> = RefCell::new(Local::new());
}

struct Local {
    #[allow(clippy::vec_box)] // handed on as boxes: a span moves as one pointer
    pool: Vec<Box<Live>>,
    random: fastrand::Rng,
    log: Option<Arc<Log>>,
}

impl Local {
    fn new() -> Self {
        Self { pool: Vec::new(), random: fastrand::Rng::with_seed(ids::seed()), log: None }
    }

    fn log(&mut self, engine: &Engine) -> &Arc<Log> {
        self.log.get_or_insert_with(|| engine.logs.open())
    }

    #[inline]
    fn keep(&mut self, live: Box<Live>) {
        if self.pool.len() < POOL {
            self.pool.push(live);
        }
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        if let Some(log) = &self.log {
            log.close();
        }
    }
}

/// Runs with this thread's own state; `None` where it is gone or in use.
#[inline]
fn with<T>(run: impl FnOnce(&mut Local) -> T) -> Option<T> {
    LOCAL.try_with(|local| local.try_borrow_mut().ok().map(|mut local| run(&mut local))).ok().flatten()
}

/// A span that starts on this thread: one that was used before, if there is one, and random numbers for its ids, never zero.
pub(crate) struct Opened {
    pub(crate) live: Box<Live>,
    pub(crate) span_id: u64,
    /// Only for a root.
    pub(crate) trace_id: u128,
}

/// Opens a span of the engine and counts it.
#[inline]
pub(crate) fn open(engine: &Engine, root: bool) -> Opened {
    let opened = with(|local| {
        local.log(engine).started();
        let span_id = local.random.u64(1..);
        let trace_id = if root { local.random.u128(1..) } else { 0 };
        Opened { live: local.pool.pop().unwrap_or_else(Live::blank), span_id, trace_id }
    });
    opened.unwrap_or_else(|| {
        engine.counters.started_elsewhere();
        Opened { live: Live::blank(), span_id: ids::seed() | 1, trace_id: (u128::from(ids::seed()) << 64) | 1 }
    })
}

/// A span to fill that is not the engine's.
pub(crate) fn take() -> Box<Live> {
    with(|local| local.pool.pop()).flatten().unwrap_or_else(Live::blank)
}

/// Keeps a span for reuse.
pub(crate) fn give_back(live: Box<Live>) {
    with(|local| local.keep(live));
}

pub(crate) fn with_random<T>(run: impl FnOnce(&mut fastrand::Rng) -> T) -> Option<T> {
    with(|local| run(&mut local.random))
}

/// A span of this thread started.
pub(crate) fn started(engine: &Engine) {
    if with(|local| local.log(engine).started()).is_none() {
        engine.counters.started_elsewhere();
    }
}

/// A span of this thread ended: its content goes to the thread's log, and it is kept for reuse.
pub(crate) fn close(mut live: Box<Live>) {
    let Some(engine) = Engine::get().filter(|engine| !engine.is_closed()) else { return finish(&mut live.record) };
    let mut live = Some(live);
    let full = with(|local| {
        let mut live = live.take()?;
        let full = local.log(engine).push(&mut live.record, &engine.queue);
        local.keep(live);
        full
    });
    if let Some(Some(chunk)) = full {
        engine.queue.offer(chunk, &engine.counters);
    } else if let Some(mut live) = live {
        finish(&mut live.record);
    }
}

/// The content of a span that ended goes to this thread's log; where there is none, to the queue by itself.
pub(crate) fn finish(record: &mut Record) {
    let Some(engine) = Engine::get() else { return };
    if engine.is_closed() {
        return engine.counters.dropped(1);
    }
    match with(|local| local.log(engine).push(record, &engine.queue)) {
        Some(None) => {}
        Some(Some(chunk)) => engine.queue.offer(chunk, &engine.counters),
        None => {
            let mut chunk = engine.queue.spare();
            chunk.push(record);
            engine.queue.offer(chunk, &engine.counters);
        }
    }
}
