//! The export loop: at the scheduled delay, when a batch is full, at a flush. An exporter that fails or panics does not stop it.

use super::destination::Destination;
use super::intake::Intake;
use super::{Command, Engine};
use crate::export::Sink;
use core::time::Duration;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::SpanData;
use std::sync::mpsc::Receiver;
use std::time::Instant;
use tokio::time::timeout;

/// How soon spans are exported to a person who is watching.
const WHILE_WATCHED: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(crate) struct Exporting {
    engine: &'static Engine,
    intake: Intake,
    destinations: Vec<Destination>,
    delay: Duration,
}

impl Exporting {
    pub(crate) fn new(engine: &'static Engine, destinations: Vec<Destination>, watched: bool) -> Self {
        let delay = engine.queue.batch().scheduled_delay;
        let delay = if watched { delay.min(WHILE_WATCHED) } else { delay };
        Self { engine, intake: Intake::new(engine), destinations, delay }
    }

    /// Runs until it is told to shut down.
    pub(crate) async fn run(mut self, inbox: &Receiver<Command>) {
        loop {
            let due = timeout(self.delay, self.engine.queue.wake.notified()).await.is_err();
            self.collect(due).await;
            while let Ok(command) = inbox.try_recv() {
                self.collect(true).await;
                match command {
                    Command::Flush { done } => drop(done.send(self.each(|sink| sink.force_flush()))),
                    Command::Shutdown { within, done } => {
                        let result = self.shut_down(within).await;
                        let _ = done.send(result.map(|()| self.engine.stats().into()));
                        return;
                    }
                }
            }
        }
    }

    /// Exports what is full by now; with `all`, also what threads have not handed over yet. What arrives meanwhile has its turn later:
    /// under a load that never ends, a flush and a shutdown must have theirs.
    async fn collect(&mut self, all: bool) {
        for _ in 0..self.engine.queue.exchanges() {
            self.intake.fetch();
            self.export_full().await;
        }
        if all || self.intake.is_pressed() {
            self.intake.sweep(false);
            self.export_full().await;
            let rest = self.intake.rest();
            self.export(rest).await;
        }
    }

    async fn shut_down(&mut self, within: Duration) -> Result<(), String> {
        let began = Instant::now();
        self.engine.close();
        self.collect(true).await;
        self.intake.sweep(true);
        self.export_full().await;
        let rest = self.intake.rest();
        self.export(rest).await;
        self.engine.stop();
        self.each(|sink| sink.shutdown(within.saturating_sub(began.elapsed())))
    }

    async fn export_full(&mut self) {
        while let Some(batch) = self.intake.batch() {
            self.export(batch).await;
        }
    }

    /// To every exporter; a span counts as exported when all of them took it. Which spans a destination rejects it does not say: those
    /// that one rejects are taken to be among those that another does.
    async fn export(&mut self, batch: Vec<SpanData>) {
        if batch.is_empty() {
            return;
        }
        let spans = batch.len();
        let most = self.engine.queue.batch().export_timeout;
        let mut lost = 0;
        if let Some((last, others)) = self.destinations.split_last_mut() {
            for destination in others {
                lost = lost.max(destination.export(batch.clone(), most).await);
            }
            lost = lost.max(last.export(batch, most).await);
        }
        self.engine.counters.exported(spans - lost);
        self.engine.counters.failed(lost);
    }

    /// Asks every exporter, whatever the others answer.
    fn each(&self, mut ask: impl FnMut(&dyn Sink) -> OTelSdkResult) -> Result<(), String> {
        let problems: Vec<String> = self.destinations.iter().filter_map(|destination| destination.ask(&mut ask).err()).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
    }
}
