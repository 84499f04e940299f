//! An exporter at work: each export within its time, a panic caught, its health told.

use crate::export::{Answer, Health, Sink};
use crate::log_level::LogLevel;
use crate::span::panic_message;
use core::any::Any;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::SpanData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::time::timeout;

#[derive(Debug)]
pub(crate) struct Destination {
    name: String,
    sink: Box<dyn Sink>,
    health: Health,
}

impl Destination {
    pub(crate) fn new(name: String, sink: Box<dyn Sink>, log_level: LogLevel) -> Self {
        Self { health: Health::new(name.clone(), log_level), name, sink }
    }

    /// Exports a batch within `most` and says how many spans of it were lost. What happened is told to the user when it changes.
    pub(crate) async fn export(&mut self, batch: Vec<SpanData>, most: Duration) -> usize {
        let spans = batch.len();
        match self.attempt(batch, most).await {
            Ok(answer) => {
                let lost = answer.rejected.min(spans);
                self.health.answered(answer, spans);
                lost
            }
            Err(error) => {
                self.health.failed(&error, spans);
                spans
            }
        }
    }

    async fn attempt(&self, batch: Vec<SpanData>, most: Duration) -> Result<Answer, String> {
        let export = catch_unwind(AssertUnwindSafe(|| self.sink.export(batch))).map_err(said)?;
        timeout(most, Caught(export)).await.unwrap_or_else(|_| Err(format!("no answer within {most:?}")))
    }

    /// Asks the exporter for something else than an export.
    pub(crate) fn ask(&self, ask: impl FnOnce(&dyn Sink) -> OTelSdkResult) -> Result<(), String> {
        let answer = catch_unwind(AssertUnwindSafe(|| ask(&*self.sink)));
        let result = answer.map_err(said).and_then(|result| result.map_err(|error| error.to_string()));
        result.map_err(|error| format!("{}: {error}", self.name))
    }
}

/// A future whose panics are errors.
struct Caught<F>(F);

impl<F: Future<Output = Result<Answer, String>> + Unpin> Future for Caught<F> {
    type Output = Result<Answer, String>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = Pin::new(&mut self.0);
        match catch_unwind(AssertUnwindSafe(|| inner.poll(cx))) {
            Ok(poll) => poll,
            Err(panic) => Poll::Ready(Err(said(panic))),
        }
    }
}

fn said(panic: Box<dyn Any + Send>) -> String {
    format!("the exporter panicked: {}", panic_message(panic))
}
