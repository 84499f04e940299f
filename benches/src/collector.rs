//! A collector that counts. In: a protocol. Out: the environment that leads a child process here, and how many spans arrived.

use mock_collector::{MockCollector, MockServer, Protocol, ServerHandle};
use std::io;
use tokio::runtime::Runtime;

/// Runs until it is dropped.
#[derive(Debug)]
pub struct Collector {
    protocol: &'static str,
    server: ServerHandle,
    runtime: Runtime,
}

impl Collector {
    /// Listens on a free port, with the protocol that `OTEL_EXPORTER_OTLP_PROTOCOL` calls so.
    pub fn start(protocol: &'static str) -> io::Result<Self> {
        let runtime = Runtime::new()?;
        let spoken = if protocol == "grpc" { Protocol::Grpc } else { Protocol::HttpBinary };
        let server = runtime.block_on(MockServer::builder().protocol(spoken).start()).map_err(io::Error::other)?;
        Ok(Self { protocol, server, runtime })
    }

    /// What an exporter must find in its environment.
    pub fn environment(&self) -> [(&'static str, String); 2] {
        let endpoint = format!("http://{}", self.server.addr());
        [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", self.protocol.to_owned())]
    }

    /// Spans that have arrived.
    pub fn received(&self) -> i64 {
        let spans = self.runtime.block_on(self.server.with_collector(MockCollector::span_count));
        i64::try_from(spans).unwrap_or(i64::MAX)
    }
}
