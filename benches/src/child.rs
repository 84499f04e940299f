//! One measurement, in a process of its own. In: `child CANDIDATE ROW BURSTS TRACES` on the command line. Out: a [`Sample`] as one line.
//! Every burst fits into the export queue, and is flushed outside the measured time: nothing has to be lost.

use crate::candidates::{Candidate, Functions, Installed, SPANS, Setup};
use crate::collector::Collector;
use crate::pair::Pair;
use crate::row::Row;
use crate::{clock, exporter};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, io};

/// Room for a burst.
const QUEUE: usize = 1 << 14;
/// Room for what waits while the exporter stalls.
const STALLED_QUEUE: usize = 1 << 18;
/// Traces that fill most of it.
const STALLED_TRACES: u64 = 23_000;
/// Threads that run asynchronous functions are found by it.
const WORKER: &str = "bench-worker";

/// What to measure.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// The library.
    pub candidate: Candidate,
    /// The work.
    pub row: Row,
    /// How often the queue is filled.
    pub bursts: u64,
    /// Traces in a burst.
    pub traces: u64,
}

/// What a child measured, for each span.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample {
    /// Nanoseconds of the calling threads' processor time, or bytes.
    pub caller: f64,
    /// Nanoseconds by the wall clock, as long as the callers ran.
    pub wall: f64,
    /// Nanoseconds of processor time of all threads, until everything was exported.
    pub all: f64,
    /// Spans of this process that did not reach the exporter, or the collector.
    pub lost: i64,
}

/// Caller and wall time of one burst.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    caller: u64,
    wall: u64,
}

impl Job {
    /// The job on this process's command line, if it is a child.
    pub fn of_process() -> Option<Self> {
        let words: Vec<String> = env::args().skip(1).collect();
        let [first, candidate, row, bursts, traces] = words.as_slice() else { return None };
        (first == "child").then_some(())?;
        Some(Self {
            candidate: Candidate::named(candidate)?,
            row: Row::named(row)?,
            bursts: bursts.parse().ok()?,
            traces: traces.parse().ok()?,
        })
    }

    /// Appends the job to a command.
    pub fn add_to(self, command: &mut Command) -> &mut Command {
        command.env("OTEL_LOG_LEVEL", "warn");
        command.args(["child", self.candidate.name(), self.row.name(), &self.bursts.to_string(), &self.traces.to_string()])
    }

    /// Measures in a new process of this same program. A collector that it needs is in this one: its time is not the child's.
    pub fn spawn(self, program: &Path) -> io::Result<Sample> {
        let mut command = Command::new(program);
        let collector = self.row.protocol().map(Collector::start).transpose()?;
        if let Some(collector) = &collector {
            command.envs(collector.environment());
        }
        let output = self.add_to(&mut command).stderr(Stdio::inherit()).output()?;
        let line = String::from_utf8_lossy(&output.stdout);
        let said = || io::Error::other(format!("{} {} said: {line}", self.candidate.name(), self.row.name()));
        let mut sample = Sample::parse(&line).ok_or_else(said)?;
        sample.lost -= collector.map_or(0, |collector| collector.received());
        Ok(sample)
    }

    /// Measures in this process, which can do so only once.
    pub fn run(self) -> Sample {
        if self.row.is_memory() { self.run_stalled() } else { self.run_bursts() }
    }

    fn run_bursts(self) -> Sample {
        let setup = Setup {
            sampled: self.row.exports() || self.row == Row::Off,
            queue: QUEUE,
            keep: self.row == Row::Keep,
            otlp: self.row.protocol().is_some(),
        };
        let installed = (self.row != Row::Off).then(|| self.candidate.install(setup));
        let worker = Worker::new(self.candidate.functions(), self.row);
        let warm_up = (self.traces / 5).max(1);
        worker.warm_up(warm_up);
        flush(installed.as_deref());
        let mut sum = Spent::default();
        let before = clock::process();
        for _ in 0..self.bursts {
            let burst = worker.burst(self.traces);
            sum.caller += burst.caller;
            sum.wall += burst.wall;
            flush(installed.as_deref());
        }
        let all = clock::process() - before;
        if let Some(installed) = installed {
            installed.shutdown();
        }
        let threads = if self.row == Row::Threads { 2 } else { 1 };
        let spans = self.bursts * self.traces * SPANS * threads;
        let ended = spans + warm_up * SPANS * threads;
        let per_span = |nanoseconds: u64| ratio(nanoseconds, spans);
        Sample { caller: per_span(sum.caller), wall: per_span(sum.wall), all: per_span(all), lost: self.lost(ended) }
    }

    fn run_stalled(self) -> Sample {
        let functions = self.candidate.functions();
        let work = if self.row == Row::Memory { functions.plain } else { functions.attributes.unwrap_or(functions.plain) };
        let before = clock::resident();
        exporter::stall();
        let installed = self.candidate.install(Setup { sampled: true, queue: STALLED_QUEUE, keep: false, otlp: false });
        for _ in 0..STALLED_TRACES {
            work();
        }
        let held = clock::resident().saturating_sub(before);
        exporter::resume();
        installed.shutdown();
        let spans = STALLED_TRACES * SPANS;
        Sample { caller: ratio(held, spans), lost: self.lost(spans), ..Sample::default() }
    }

    fn lost(self, ended: u64) -> i64 {
        let expected = if self.row.exports() && self.candidate != Candidate::Bare { ended } else { 0 };
        i64::try_from(expected).unwrap_or(i64::MAX) - i64::try_from(exporter::exported()).unwrap_or(i64::MAX)
    }
}

fn flush(installed: Option<&dyn Installed>) {
    if let Some(installed) = installed {
        installed.flush();
    }
}

/// What runs a row's traces.
enum Worker {
    Here(fn()),
    Threads(Pair),
    OneThread(tokio::runtime::Runtime, Functions),
    TwoWorkers(tokio::runtime::Runtime, Functions),
}

impl Worker {
    fn new(functions: Functions, row: Row) -> Self {
        match row {
            Row::Attributes | Row::HttpAttributes => Self::Here(functions.attributes.unwrap_or(functions.plain)),
            Row::Error => Self::Here(functions.error),
            Row::Unsampled | Row::Keep => Self::Here(functions.unsampled),
            Row::Leaf => Self::Here(functions.leaf.unwrap_or(functions.plain)),
            Row::Threads => Self::Threads(Pair::new(functions.plain)),
            Row::Async => Self::OneThread(tokio::runtime::Builder::new_current_thread().build().expect("a runtime"), functions),
            Row::AsyncWorkers => {
                let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).thread_name(WORKER).build();
                Self::TwoWorkers(runtime.expect("a runtime"), functions)
            }
            Row::Plain | Row::Off | Row::Memory | Row::MemoryAttributes | Row::Http | Row::Grpc => Self::Here(functions.plain),
        }
    }

    fn warm_up(&self, traces: u64) {
        self.call(traces);
    }

    fn burst(&self, traces: u64) -> Spent {
        let (wall, before) = (Instant::now(), clock::thread());
        let workers = clock::threads_named(WORKER);
        let elsewhere = measured_calls(self, traces);
        let workers = clock::threads_named(WORKER).saturating_sub(workers);
        let here = clock::thread() - before;
        let caller = match self {
            Self::Here(_) | Self::OneThread(..) => here,
            Self::Threads(_) => elsewhere,
            Self::TwoWorkers(..) => workers,
        };
        Spent { caller, wall: u64::try_from(wall.elapsed().as_nanos()).unwrap_or(u64::MAX) }
    }

    /// Returns the processor time of the threads of [`Worker::Threads`].
    fn call(&self, traces: u64) -> u64 {
        match self {
            Self::Here(trace) => repeat(*trace, traces),
            Self::Threads(pair) => return pair.run(traces),
            Self::OneThread(runtime, functions) => runtime.block_on(repeat_async(*functions, traces)),
            Self::TwoWorkers(runtime, functions) => {
                let halves = [traces / 2, traces - traces / 2].map(|half| runtime.spawn(repeat_async(*functions, half)));
                runtime.block_on(async {
                    for half in halves {
                        half.await.expect("it does not panic");
                    }
                });
            }
        }
        0
    }
}

/// What callgrind counts: it is found by its name.
#[inline(never)]
fn measured_calls(worker: &Worker, traces: u64) -> u64 {
    worker.call(traces)
}

fn repeat(trace: fn(), traces: u64) {
    for _ in 0..traces {
        trace();
    }
}

async fn repeat_async(functions: Functions, traces: u64) {
    for _ in 0..traces {
        (functions.asynchronous)().await;
    }
}

#[allow(clippy::cast_precision_loss)] // far from 2^53
fn ratio(sum: u64, spans: u64) -> f64 {
    sum as f64 / spans as f64
}

impl Sample {
    /// The line that a child prints.
    pub fn line(&self) -> String {
        format!("{} {} {} {}", self.caller, self.wall, self.all, self.lost)
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let mut number = || words.next()?.parse::<f64>().ok();
        let (caller, wall, all) = (number()?, number()?, number()?);
        Some(Self { caller, wall, all, lost: words.next()?.parse().ok()? })
    }
}
