//! The engine: from a started span to batches of finished ones at the exporters.
//! In: spans of annotated functions and of the plain API. Out: `SpanData` to every exporter, from one thread that the engine owns.
//! Memory is bounded; what does not fit is dropped and counted, or waited for, as the configuration says.

mod api_span;
mod begin;
mod capture;
mod chunk;
mod clock;
mod decode;
mod destination;
mod exporting;
mod ids;
mod intake;
mod keep;
mod limits;
mod live;
mod local;
mod log;
mod propagation;
mod provider;
mod queue;
mod record;
mod sampling;
mod shared;
mod stats;
mod sync;
mod weight;
mod worker;

pub(crate) use begin::{Plain, begin, begin_plain};
pub(crate) use capture::{Capture, CaptureScope};
pub(crate) use live::Live;
pub(crate) use propagation::{Propagation, propagator};
pub(crate) use provider::Provider;
pub use stats::{Report, Stats, stats};
pub(crate) use worker::{Command, Worker};

use crate::config::{Decision, Keep, Settings, SpanLimits};
use core::sync::atomic::{AtomicBool, Ordering};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry_sdk::trace::IdGenerator;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};

/// What every span of the process shares.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) follows_parent: bool,
    pub(crate) decision: Decision,
    pub(crate) id_generator: Option<Box<dyn IdGenerator>>,
    pub(crate) thread_attributes: bool,
    /// Spans follow their parent, ids are random, nothing is held: most spans can start by the short way.
    pub(crate) plain: bool,
    /// Spans that the sampler drops are recorded all the same, to be decided on when their local root has ended.
    pub(crate) keep: Option<Keep>,
    pub(crate) shape: Shape,
    pub(crate) queue: queue::Queue,
    pub(crate) logs: log::Logs,
    pub(crate) counters: stats::Counters,
    propagator: OpaquePropagator,
    process: forkguard::Guard,
    commands: Sender<Command>,
    closed: AtomicBool,
    stopped: AtomicBool,
}

/// How a finished span is turned into `SpanData`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    pub(crate) limits: SpanLimits,
    pub(crate) code_attributes: bool,
}

/// Where a span's record goes when it ends.
#[derive(Debug, Clone)]
pub(crate) enum Home {
    Engine,
    Capture(Arc<Capture>),
}

struct OpaquePropagator(Box<dyn TextMapPropagator + Send + Sync>);

impl core::fmt::Debug for OpaquePropagator {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Propagator")
    }
}

static ENGINE: OnceLock<Engine> = OnceLock::new();

impl Engine {
    fn new(settings: Settings, commands: Sender<Command>) -> Self {
        Self {
            plain: settings.sampler.follows_parent()
                && settings.keep.is_none()
                && settings.id_generator.is_none()
                && !settings.thread_attributes,
            follows_parent: settings.sampler.follows_parent(),
            decision: settings.sampler.decision(),
            id_generator: settings.id_generator,
            thread_attributes: settings.thread_attributes,
            keep: settings.keep,
            shape: Shape { limits: settings.limits, code_attributes: settings.code_attributes },
            queue: queue::Queue::new(&settings.batch),
            logs: log::Logs::default(),
            counters: stats::Counters::default(),
            propagator: OpaquePropagator(settings.propagator),
            process: forkguard::new(),
            commands,
            closed: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        }
    }

    /// The engine of this process; spans only get here once it is there.
    #[inline]
    pub(crate) fn get() -> Option<&'static Self> {
        ENGINE.get()
    }

    /// Makes `settings` the process's engine, whose export thread takes `commands`. `None` if there already is one.
    pub(crate) fn install(settings: Settings, commands: Sender<Command>) -> Option<&'static Self> {
        let mut fresh = false;
        let engine = ENGINE.get_or_init(|| {
            fresh = true;
            Self::new(settings, commands)
        });
        fresh.then_some(engine)
    }

    /// Asks the export thread for something. Returns whether it is there to hear it: not in a forked child, and not after its shutdown.
    pub(crate) fn ask(&self, command: Command) -> bool {
        let is_heard = !self.is_of_parent() && self.commands.send(command).is_ok();
        if is_heard {
            self.queue.wake.notify_one();
        }
        is_heard
    }

    /// After shutdown what still ends is dropped and counted.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.queue.close();
    }

    /// The export thread has looked for the last time.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Release);
    }

    /// A span that ended while the engine was closed may have reached its thread's log after that last look: it is dropped, and counted.
    fn drop_late(&self) {
        if self.stopped.load(Ordering::Acquire) {
            self.logs.sweep(|spans| self.counters.dropped(spans.forget()));
        }
    }

    #[inline]
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed) || self.is_of_parent()
    }

    /// Whether this is a child process that was forked off after the engine was installed. The engine's thread is not in it, and its locks
    /// may be held for ever by threads that are not: nothing of it is to be touched.
    #[inline]
    pub(crate) fn is_of_parent(&self) -> bool {
        self.process.clone().detected_fork()
    }
}
