//! The exporter of every candidate: counts spans, and can be made to stall. In: batches. Out: how many spans there were. Beside it, the
//! exporter that the peers send OTLP with.

use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use tokio::runtime::Runtime;

static EXPORTED: AtomicU64 = AtomicU64::new(0);
static STALLED: Mutex<bool> = Mutex::new(false);
static RESUMED: Condvar = Condvar::new();

/// Counts spans and drops them.
#[derive(Debug, Default)]
pub struct CountingExporter;

/// Spans exported by this process so far.
pub fn exported() -> u64 {
    EXPORTED.load(Ordering::SeqCst)
}

/// From now on an export does not return, until [`resume`].
pub fn stall() {
    *STALLED.lock().unwrap_or_else(PoisonError::into_inner) = true;
}

/// Exports return again.
pub fn resume() {
    *STALLED.lock().unwrap_or_else(PoisonError::into_inner) = false;
    RESUMED.notify_all();
}

/// The tasks of the gRPC client need a runtime that lives as long as they do.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime"));

/// `opentelemetry-otlp` as the environment says.
///
/// # Panics
///
/// If the environment names no endpoint that can be used.
pub fn otlp() -> opentelemetry_otlp::SpanExporter {
    let _entered = RUNTIME.enter();
    opentelemetry_otlp::SpanExporter::builder().build().expect("an endpoint")
}

impl SpanExporter for CountingExporter {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let stalled = STALLED.lock().unwrap_or_else(PoisonError::into_inner);
        drop(RESUMED.wait_while(stalled, |stalled| *stalled));
        EXPORTED.fetch_add(batch.len() as u64, Ordering::SeqCst);
        Ok(())
    }
}
