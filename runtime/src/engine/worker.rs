//! The export thread: started once, with an async runtime of its own, so that exporters work in a program that has none. It never runs
//! the user's functions and never traces itself.

use super::destination::Destination;
use super::exporting::Exporting;
use super::{Engine, Report};
use crate::config::Settings;
use crate::error::InitError;
use crate::export::Opener;
use crate::log_level::LogLevel;
use core::cell::Cell;
use core::time::Duration;
use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use std::sync::mpsc::{Sender, channel};
use tokio::runtime::Runtime;

/// What a program asks of the export thread, and where it waits for the answer.
#[derive(Debug)]
pub(crate) enum Command {
    Flush { done: Sender<Result<(), String>> },
    Shutdown { within: Duration, done: Sender<Result<Report, String>> },
}

thread_local! {
    static IS_EXPORT_THREAD: Cell<bool> = const { Cell::new(false) };
}

/// What the export thread is started with.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) resource: Resource,
    pub(crate) exporters: Vec<Opener>,
    pub(crate) log_level: LogLevel,
}

impl Worker {
    pub(crate) fn new(settings: &mut Settings) -> Self {
        Self { resource: settings.resource.clone(), exporters: core::mem::take(&mut settings.exporters), log_level: settings.log_level }
    }

    /// Starts the export thread and waits until every exporter is open. With it comes the end where commands go in.
    ///
    /// # Errors
    ///
    /// An exporter that cannot be opened; a thread or runtime that the system refuses. Then nothing is installed.
    pub(crate) fn spawn(self) -> Result<(Running, Sender<Command>), InitError> {
        let (opened, when_opened) = channel();
        let (engine, when_installed) = channel::<&'static Engine>();
        let (commands, inbox) = channel();
        let watched = self.exporters.iter().any(|exporter| exporter.watched);
        let body = move || {
            IS_EXPORT_THREAD.set(true);
            let _suppressed = Context::enter_telemetry_suppressed_scope();
            match self.open() {
                Err(error) => drop(opened.send(Err(error))),
                Ok((runtime, destinations)) => {
                    let _ = opened.send(Ok(()));
                    if let Ok(engine) = when_installed.recv() {
                        runtime.block_on(Exporting::new(engine, destinations, watched).run(&inbox));
                    }
                    runtime.shutdown_background();
                }
            }
        };
        std::thread::Builder::new().name("traced-export".to_owned()).spawn(body).map_err(|source| InitError::Thread { source })?;
        when_opened.recv().unwrap_or_else(|_| Err(InitError::open("the exporters", "the export thread panicked")))?;
        Ok((Running(engine), commands))
    }

    /// Whether this is the export thread: what it asked itself, it would wait for in vain.
    pub(crate) fn is_here() -> bool {
        IS_EXPORT_THREAD.get()
    }

    fn open(self) -> Result<(Runtime, Vec<Destination>), InitError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|source| InitError::Thread { source })?;
        let entered = runtime.enter();
        let mut destinations = Vec::new();
        for Opener { destination, open, .. } in self.exporters {
            let mut sink = open()?;
            sink.set_resource(&self.resource);
            destinations.push(Destination::new(destination, sink, self.log_level));
        }
        drop(entered);
        Ok((runtime, destinations))
    }
}

/// The export thread, waiting to be told which engine it serves.
#[derive(Debug)]
pub(crate) struct Running(Sender<&'static Engine>);

impl Running {
    /// From here on the thread exports what `engine` collects.
    pub(crate) fn serve(self, engine: &'static Engine) {
        let _ = self.0.send(engine);
    }
}
