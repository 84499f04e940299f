//! In: finished spans. Out: the same spans to whoever holds a clone of the handle. Refuses nothing, and outlives its shutdown.

use std::sync::{Arc, Mutex, PoisonError};

use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use super::Opener;

#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    spans: Arc<Mutex<Vec<SpanData>>>,
}

impl Memory {
    pub(crate) fn opener(self) -> Opener {
        Opener::new("memory", || Ok(Box::new(self)))
    }

    pub(crate) fn spans(&self) -> Vec<SpanData> {
        self.with(|spans| spans.clone())
    }

    pub(crate) fn reset(&self) {
        self.with(Vec::clear);
    }

    fn with<R>(&self, f: impl FnOnce(&mut Vec<SpanData>) -> R) -> R {
        f(&mut self.spans.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl SpanExporter for Memory {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        self.with(|spans| spans.append(&mut batch));
        Ok(())
    }
}
