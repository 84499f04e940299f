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
}

impl Drop for Local {
    fn drop(&mut self) {
        if let Some(log) = &self.log {
            log.close();
        }
    }
}

/// Runs with this thread's own state; `None` where it is gone or in use.
fn with<T>(run: impl FnOnce(&mut Local) -> T) -> Option<T> {
    LOCAL.try_with(|local| local.try_borrow_mut().ok().map(|mut local| run(&mut local))).ok().flatten()
}

/// A span to fill: one that was used before, if there is one.
pub(crate) fn take() -> Box<Live> {
    with(|local| local.pool.pop()).flatten().unwrap_or_else(Live::blank)
}

/// Keeps a span for reuse.
pub(crate) fn give_back(live: Box<Live>) {
    with(move |local| {
        if local.pool.len() < POOL {
            local.pool.push(live);
        }
    });
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

/// A span of this thread ended: its content goes to the thread's log.
pub(crate) fn finish(record: &mut Record) {
    let Some(engine) = Engine::get() else { return };
    if engine.is_closed() {
        return engine.counters.dropped(1);
    }
    let full = with(|local| local.log(engine).push(record, engine.queue.chunk_spans()));
    match full {
        Some(None) => {}
        Some(Some(chunk)) => engine.queue.offer(chunk, &engine.counters),
        None => {
            let mut chunk = engine.queue.spare();
            chunk.push(record);
            engine.queue.offer(chunk, &engine.counters);
        }
    }
}
