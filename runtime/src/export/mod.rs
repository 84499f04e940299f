//! In: batches of finished spans. Out: the same spans at a collector, on stderr, in memory or in a file, and lines about the health of
//! each destination. Refuses, when opened, a destination that cannot work.
//!
//! One file or folder per exporter. Everything here runs on the engine's export thread, inside its tokio runtime and with telemetry
//! suppressed; nothing here is on the application's path.

pub(crate) mod console;
pub(crate) mod custom;
pub(crate) mod file;
pub(crate) mod health;
mod hint;
mod json;
pub(crate) mod memory;
#[cfg(feature = "otlp")]
pub(crate) mod otlp;
#[cfg(test)]
pub(crate) mod sample;

use std::fmt::{self, Debug};
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

pub(crate) use self::health::Health;

use crate::error::InitError;

/// Where finished spans go.
///
/// ```
/// use traced::Exporter;
///
/// let memory = Exporter::memory();
/// let builder = traced::builder().exporter(memory.clone()).exporter(Exporter::console());
/// assert!(memory.finished_spans().is_empty());
/// # drop(builder);
/// ```
#[derive(Clone, Debug)]
pub struct Exporter(pub(crate) Kind);

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    #[cfg(feature = "otlp")]
    Otlp(otlp::Target),
    Console,
    Memory(memory::Memory),
    File(PathBuf),
    Custom(custom::Custom),
}

impl Exporter {
    /// OTLP as the `OTEL_EXPORTER_OTLP_*` variables say; without them http/protobuf to `http://localhost:4318/v1/traces`
    /// (specification: protocol/exporter).
    #[cfg(feature = "otlp")]
    pub fn otlp() -> Self {
        Self(Kind::Otlp(otlp::Target::Environment))
    }

    /// OTLP over gRPC to this endpoint, for example `http://localhost:4317`. Without a scheme it is encrypted, unless
    /// `OTEL_EXPORTER_OTLP_INSECURE` is true. Headers, time-out, compression and certificates come from the environment.
    #[cfg(feature = "otlp")]
    pub fn otlp_grpc(endpoint: impl Into<String>) -> Self {
        Self(Kind::Otlp(otlp::Target::Grpc(endpoint.into())))
    }

    /// OTLP over HTTP to this URL, for example `http://localhost:4318`; `/v1/traces` is appended if the URL has no path. The body is
    /// protobuf, or JSON if `OTEL_EXPORTER_OTLP_PROTOCOL` is `http/json`; headers, time-out, compression and certificates come from the
    /// environment.
    #[cfg(feature = "otlp")]
    pub fn otlp_http(endpoint: impl Into<String>) -> Self {
        Self(Kind::Otlp(otlp::Target::Http(endpoint.into())))
    }

    /// Trees on stderr, one for each local root that ends.
    pub fn console() -> Self {
        Self(Kind::Console)
    }

    /// Keeps finished spans in memory, without a bound, for tests: clones are handles of one store.
    pub fn memory() -> Self {
        Self(Kind::Memory(memory::Memory::default()))
    }

    /// Appends to a file, which is made if need be: each line is one OTLP JSON object, as the collector's file exporter writes it.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Kind::File(path.into()))
    }

    /// Any exporter of the OpenTelemetry SDK. It is called on an export thread inside a tokio runtime; a panic in it is contained.
    /// Clones share it, and only the first `install` gets it.
    pub fn custom(exporter: impl SpanExporter + 'static) -> Self {
        Self(Kind::Custom(custom::Custom::new(exporter)))
    }

    /// What a [`memory`](Self::memory) exporter has received since the last [`reset`](Self::reset), in order of arrival; for other
    /// exporters empty. Call `flush` on the guard first.
    pub fn finished_spans(&self) -> Vec<SpanData> {
        match &self.0 {
            Kind::Memory(memory) => memory.spans(),
            _ => Vec::new(),
        }
    }

    /// Forgets what a [`memory`](Self::memory) exporter has received; nothing for other exporters.
    pub fn reset(&self) {
        if let Kind::Memory(memory) = &self.0 {
            memory.reset();
        }
    }
}

/// What a destination said to a batch that arrived: how many spans it did not take after all, and why, or a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rejected: usize,
    pub(crate) message: String,
}

/// [`SpanExporter`] made object-safe, so that the engine can hold several, and with an answer.
pub(crate) trait Sink: Send + Sync + Debug {
    fn export(&self, batch: Vec<SpanData>) -> Pin<Box<dyn Future<Output = Result<Answer, String>> + Send + '_>>;
    fn set_resource(&mut self, resource: &Resource);
    fn force_flush(&self) -> OTelSdkResult;
    fn shutdown(&self, timeout: Duration) -> OTelSdkResult;
}

impl<E: SpanExporter> Sink for E {
    fn export(&self, batch: Vec<SpanData>) -> Pin<Box<dyn Future<Output = Result<Answer, String>> + Send + '_>> {
        Box::pin(async {
            match SpanExporter::export(self, batch).await {
                Ok(()) => Ok(Answer::default()),
                Err(error) => Err(error.to_string()),
            }
        })
    }

    fn set_resource(&mut self, resource: &Resource) {
        SpanExporter::set_resource(self, resource);
    }

    fn force_flush(&self) -> OTelSdkResult {
        SpanExporter::force_flush(self)
    }

    fn shutdown(&self, timeout: Duration) -> OTelSdkResult {
        self.shutdown_with_timeout(timeout)
    }
}

type Open = Box<dyn FnOnce() -> Result<Box<dyn Sink>, InitError> + Send>;

/// A resolved exporter, still to be opened: on the export thread, inside its runtime.
pub(crate) struct Opener {
    /// Where spans will go, for people: `http://localhost:4318/v1/traces (http/protobuf)`.
    pub(crate) destination: String,
    /// Somebody is watching: spans are exported soon after they end, whatever the scheduled delay.
    pub(crate) watched: bool,
    pub(crate) open: Open,
}

impl Opener {
    pub(crate) fn new(destination: impl Into<String>, open: impl FnOnce() -> Result<Box<dyn Sink>, InitError> + Send + 'static) -> Self {
        Self { destination: destination.into(), watched: false, open: Box::new(open) }
    }

    pub(crate) fn watched(self) -> Self {
        Self { watched: true, ..self }
    }
}

impl Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opener").field(&self.destination).finish()
    }
}
