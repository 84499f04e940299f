//! The export thread: fetches finished spans, decodes them, and hands them in batches to every exporter - at the scheduled delay, when a
//! batch is full, at a flush. It owns an async runtime, so that exporters work in a program that has none; it never runs the user's
//! functions, never traces itself, and outlives an exporter that panics.

use super::decode::Decoder;
use super::{Engine, Report};
use crate::config::Settings;
use crate::error::InitError;
use crate::export::{Health, Opener, Sink};
use crate::log_level::LogLevel;
use core::time::Duration;
use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SpanData;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;
use tokio::runtime::Runtime;
use tokio::time::timeout;

/// How soon spans are exported to a person who is watching.
const WHILE_WATCHED: Duration = Duration::from_millis(100);

/// What a program asks of the export thread, and where it waits for the answer.
#[derive(Debug)]
pub(crate) enum Command {
    Flush { done: Sender<Result<(), String>> },
    Shutdown { within: Duration, done: Sender<Result<Report, String>> },
}

/// What the export thread is started with.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) resource: Resource,
    pub(crate) exporters: Vec<Opener>,
    pub(crate) log_level: LogLevel,
}

#[derive(Debug)]
struct Destination {
    name: String,
    sink: Box<dyn Sink>,
    health: Health,
}

#[derive(Debug)]
struct Exporting {
    engine: &'static Engine,
    decoder: Decoder,
    destinations: Vec<Destination>,
    pending: Vec<SpanData>,
    delay: Duration,
}

impl Worker {
    pub(crate) fn new(settings: &mut Settings) -> Self {
        Self { resource: settings.resource.clone(), exporters: core::mem::take(&mut settings.exporters), log_level: settings.log_level }
    }

    /// Starts the export thread and waits until every exporter is open.
    ///
    /// # Errors
    ///
    /// An exporter that cannot be opened; a thread or runtime that the system refuses. Then nothing is installed.
    pub(crate) fn spawn(self) -> Result<Running, InitError> {
        let (opened, when_opened) = channel();
        let (engine, when_installed) = channel::<&'static Engine>();
        let (commands, inbox) = channel();
        let watched = self.exporters.iter().any(|exporter| exporter.watched);
        let body = move || {
            let _suppressed = Context::enter_telemetry_suppressed_scope();
            match self.open() {
                Err(error) => drop(opened.send(Err(error))),
                Ok((runtime, destinations)) => {
                    let _ = opened.send(Ok(()));
                    if let Ok(engine) = when_installed.recv() {
                        let delay = engine.queue.batch().scheduled_delay;
                        let exporting = Exporting {
                            engine,
                            decoder: Decoder::new(engine.shape.clone()),
                            destinations,
                            pending: Vec::new(),
                            delay: if watched { delay.min(WHILE_WATCHED) } else { delay },
                        };
                        runtime.block_on(exporting.run(&inbox));
                    }
                    runtime.shutdown_background();
                }
            }
        };
        std::thread::Builder::new().name("traced-export".to_owned()).spawn(body).map_err(|source| InitError::Thread { source })?;
        when_opened.recv().unwrap_or_else(|_| Err(InitError::open("the exporters", "the export thread panicked")))?;
        Ok(Running { engine, commands })
    }

    fn open(self) -> Result<(Runtime, Vec<Destination>), InitError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|source| InitError::Thread { source })?;
        let entered = runtime.enter();
        let mut destinations = Vec::new();
        for Opener { destination, open, .. } in self.exporters {
            let mut sink = open()?;
            sink.set_resource(&self.resource);
            destinations.push(Destination { health: Health::new(destination.clone(), self.log_level), name: destination, sink });
        }
        drop(entered);
        Ok((runtime, destinations))
    }
}

/// The export thread, waiting to be told which engine it serves.
#[derive(Debug)]
pub(crate) struct Running {
    engine: Sender<&'static Engine>,
    commands: Sender<Command>,
}

impl Running {
    /// From here on the thread exports what `engine` collects.
    pub(crate) fn serve(self, engine: &'static Engine) -> Sender<Command> {
        let _ = self.engine.send(engine);
        self.commands
    }
}

impl Exporting {
    async fn run(mut self, inbox: &Receiver<Command>) {
        loop {
            let due = timeout(self.delay, self.engine.queue.wake.notified()).await.is_err();
            let mut command = inbox.try_recv().ok();
            self.collect(due || command.is_some()).await;
            while let Some(asked) = command {
                match asked {
                    Command::Flush { done } => drop(done.send(self.flush())),
                    Command::Shutdown { within, done } => {
                        self.engine.close();
                        self.collect(true).await;
                        let result = self.shutdown(within);
                        let report = self.engine.stats().into();
                        let _ = done.send(result.map(|()| report));
                        return;
                    }
                }
                command = inbox.try_recv().ok();
                if command.is_some() {
                    self.collect(true).await;
                }
            }
        }
    }

    /// Exports what is full; with `all`, also what threads have not handed over yet.
    async fn collect(&mut self, all: bool) {
        while let Some(mut chunk) = self.engine.queue.take() {
            self.decoder.decode(&mut chunk, |span| self.pending.push(span));
            self.engine.queue.keep(chunk);
            self.export_full().await;
        }
        if all {
            self.engine.logs.sweep(|chunk| self.decoder.decode(chunk, |span| self.pending.push(span)));
            self.export_full().await;
            if !self.pending.is_empty() {
                let rest = core::mem::take(&mut self.pending);
                self.export(rest).await;
            }
        }
    }

    async fn export_full(&mut self) {
        let most = self.engine.queue.batch().max_export_batch_size;
        while self.pending.len() >= most {
            let later = self.pending.split_off(most);
            let batch = core::mem::replace(&mut self.pending, later);
            self.export(batch).await;
        }
    }

    /// To every exporter; a span counts as exported when all of them took it.
    async fn export(&mut self, batch: Vec<SpanData>) {
        let spans = batch.len();
        let most = self.engine.queue.batch().export_timeout;
        let mut batch = Some(batch);
        let mut taken = true;
        let last = self.destinations.len().saturating_sub(1);
        for (index, destination) in self.destinations.iter_mut().enumerate() {
            let copy = if index == last { batch.take() } else { batch.clone() };
            let copy = copy.unwrap_or_default();
            match destination.export(copy, most).await {
                Ok(()) => destination.health.succeeded(),
                Err(error) => {
                    taken = false;
                    destination.health.failed(&error, spans);
                }
            }
        }
        if taken { self.engine.counters.exported(spans) } else { self.engine.counters.failed(spans) }
    }

    fn flush(&mut self) -> Result<(), String> {
        self.each(|destination| destination.sink.force_flush().map_err(|error| error.to_string()))
    }

    fn shutdown(&mut self, within: Duration) -> Result<(), String> {
        let deadline = Instant::now() + within;
        self.each(|destination| {
            let left = deadline.saturating_duration_since(Instant::now());
            destination.sink.shutdown(left).map_err(|error| error.to_string())
        })
    }

    /// Asks every exporter, whatever the others answer.
    fn each(&mut self, mut ask: impl FnMut(&mut Destination) -> Result<(), String>) -> Result<(), String> {
        let mut problems = Vec::new();
        for destination in &mut self.destinations {
            let answer = std::panic::catch_unwind(AssertUnwindSafe(|| ask(destination)));
            if let Err(error) = answer.unwrap_or_else(|panic| Err(said(&*panic))) {
                problems.push(format!("{}: {error}", destination.name));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
    }
}

impl Destination {
    /// One export, within `most`, a panic caught.
    async fn export(&self, batch: Vec<SpanData>, most: Duration) -> Result<(), String> {
        let export = match std::panic::catch_unwind(AssertUnwindSafe(|| self.sink.export(batch))) {
            Ok(export) => export,
            Err(panic) => return Err(said(&*panic)),
        };
        match timeout(most, Caught(export)).await {
            Ok(result) => result,
            Err(_) => Err(format!("no answer within {most:?}")),
        }
    }
}

/// A future whose panics are errors.
struct Caught<F>(F);

impl<F: Future<Output = opentelemetry_sdk::error::OTelSdkResult> + Unpin> Future for Caught<F> {
    type Output = Result<(), String>;

    fn poll(mut self: core::pin::Pin<&mut Self>, cx: &mut core::task::Context<'_>) -> core::task::Poll<Self::Output> {
        let inner = core::pin::Pin::new(&mut self.0);
        match std::panic::catch_unwind(AssertUnwindSafe(|| inner.poll(cx))) {
            Ok(poll) => poll.map_err(|error| error.to_string()),
            Err(panic) => core::task::Poll::Ready(Err(said(&*panic))),
        }
    }
}

fn said(panic: &(dyn core::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("the exporter panicked: {}", text.as_deref().unwrap_or("with a value that is not text"))
}
