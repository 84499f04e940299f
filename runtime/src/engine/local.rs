//! What a thread keeps for itself: spans to use again, its generator of ids, and the end of its log that it writes finished spans to.
//! A thread that is ending has none of it: its last spans go to the queue one by one.

use super::live::Live;
use super::log::Writer;
use super::record::Record;
use super::{Engine, ids};
use fastrand::Rng;
use std::cell::RefCell;

/// Spans a thread keeps for reuse.
const POOL: usize = 128;

thread_local! {
    static LOCAL: RefCell<Local> = RefCell::new(Local::new());
}

struct Local {
    #[allow(clippy::vec_box)] // handed on as boxes: a span moves as one pointer
    pool: Vec<Box<Live>>,
    random: Rng,
    /// Opened by the thread's first span of the engine.
    log: Option<Writer>,
}

impl Local {
    fn new() -> Self {
        Self { pool: Vec::with_capacity(POOL), random: Rng::with_seed(ids::seed()), log: None }
    }

    #[inline]
    fn log(&mut self, engine: &Engine) -> &mut Writer {
        #[cold]
        fn open(engine: &Engine) -> Writer {
            engine.logs.open(&engine.queue)
        }
        self.log.get_or_insert_with(|| open(engine))
    }

    #[inline]
    fn blank(&mut self) -> Box<Live> {
        self.pool.pop().unwrap_or_else(Live::blank)
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
        if let (Some(log), Some(engine)) = (self.log.take(), Engine::get())
            && !engine.is_of_parent()
            && let Some(chunk) = log.close(&engine.logs)
        {
            engine.queue.offer(chunk, &engine.counters);
        }
    }
}

/// Runs with this thread's own state; `None` where it is gone or in use.
#[inline]
fn with<T>(run: impl FnOnce(&mut Local) -> T) -> Option<T> {
    LOCAL.try_with(|local| local.try_borrow_mut().ok().map(|mut local| run(&mut local))).ok().flatten()
}

/// A span of the engine that starts on this thread, and is counted: one that was used before, if there is one, and a number for its id.
#[inline]
pub(crate) fn open(engine: &Engine) -> (Box<Live>, u64) {
    let opened = with(|local| {
        local.log(engine).started();
        (local.blank(), id(&mut local.random))
    });
    opened.unwrap_or_else(|| {
        engine.counters.started_elsewhere();
        (Live::blank(), ids::seed() | 1)
    })
}

/// A random number for an id, which is never zero: zeros are invalid.
#[inline]
pub(crate) fn id(random: &mut Rng) -> u64 {
    random.u64(..).max(1)
}

/// A span to fill that is not the engine's.
pub(crate) fn take() -> Box<Live> {
    with(Local::blank).unwrap_or_else(Live::blank)
}

/// Keeps a span for reuse.
pub(crate) fn give_back(live: Box<Live>) {
    with(|local| local.keep(live));
}

pub(crate) fn with_random<T>(run: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    with(|local| run(&mut local.random))
}

/// A span of this thread started.
pub(crate) fn started(engine: &Engine) {
    if with(|local| local.log(engine).started()).is_none() {
        engine.counters.started_elsewhere();
    }
}

/// A span of this thread ended: its content goes to the thread's log, and it is kept for reuse.
#[inline]
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
#[cold]
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
            chunk.writing.append(record);
            engine.queue.offer(chunk, &engine.counters);
        }
    }
}
