//! In: a resolved [`Connection`]. Out: an exporter that speaks OTLP, on the engine's own runtime. Refuses certificates it cannot read.
//!
//! Spans are encoded straight into the request's bytes, sent, and sent again within the time-out where the protocol allows it. TLS is
//! always there, with the system's roots and one cryptography provider named here, whatever features other crates of the application
//! switch on.

mod encode;
#[cfg(test)]
mod encode_tests;
mod grpc;
mod http;
mod response;
mod retry;
mod route;
#[cfg(test)]
mod tests;
mod tls;
mod wire;

use std::error::Error;
use std::fmt::Write;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use ::http::{HeaderName, HeaderValue};
use bytes::Bytes;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::SpanData;
use tokio::time::Instant;

use super::{Answer, Opener, Sink, json};

const USER_AGENT: &str = concat!("traced-OTLP-Exporter-Rust/", env!("CARGO_PKG_VERSION"));

/// No larger request is sent (specification: protocol/otlp, section OTLP/HTTP Request).
const LARGEST_REQUEST: usize = 64 << 20;

/// More than one span is sent in a larger request only if it cannot be divided: gRPC servers take no more unless told to.
const USUAL_REQUEST: usize = 4 << 20;

/// What an exporter names in code.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Environment,
    Grpc(String),
    Http(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Grpc,
    HttpProtobuf,
    HttpJson,
}

impl Protocol {
    fn name(self) -> &'static str {
        match self {
            Self::Grpc => "grpc",
            Self::HttpProtobuf => "http/protobuf",
            Self::HttpJson => "http/json",
        }
    }
}

/// All that is needed to connect.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub(crate) protocol: Protocol,
    /// Full URL; for HTTP with its path.
    pub(crate) endpoint: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// For one export, its retries included.
    pub(crate) timeout: Duration,
    pub(crate) gzip: bool,
    pub(crate) tls: Tls,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tls {
    /// Trusted instead of the system's roots.
    pub(crate) authority: Option<PemFile>,
    /// Certificate chain and private key of this client.
    pub(crate) identity: Option<(PemFile, PemFile)>,
}

/// A file and the variable that names it.
#[derive(Clone, Debug)]
pub(crate) struct PemFile {
    pub(crate) variable: &'static str,
    pub(crate) path: PathBuf,
}

pub(crate) fn opener(connection: Connection) -> Opener {
    let destination = format!("{} ({})", hide_credentials(&connection.endpoint), connection.protocol.name());
    Opener::new(destination, move || {
        let client = match connection.protocol {
            Protocol::Grpc => Client::Grpc(grpc::open(&connection)?),
            Protocol::HttpProtobuf | Protocol::HttpJson => Client::Http(http::open(&connection)?),
        };
        let Connection { protocol, timeout, .. } = connection;
        Ok(Box::new(Exporter { protocol, timeout, client, resource: Resource::builder_empty().build() }))
    })
}

#[derive(Debug)]
struct Exporter {
    protocol: Protocol,
    timeout: Duration,
    client: Client,
    resource: Resource,
}

#[derive(Debug)]
enum Client {
    Grpc(grpc::Client),
    Http(http::Client),
}

impl Exporter {
    /// In as many requests as it takes, one after another, within the time for one export.
    async fn send(&self, batch: Vec<SpanData>) -> Result<Answer, String> {
        let began = Instant::now();
        let (mut sent, mut whole, mut failed) = (0, Answer::default(), None);
        let mut left = vec![batch];
        while let Some(mut spans) = left.pop() {
            let body = self.encode(&spans)?;
            if body.len() > USUAL_REQUEST && spans.len() > 1 {
                let rest = spans.split_off(spans.len() / 2);
                left.extend([rest, spans]);
                continue;
            }
            match self.send_request(body, self.timeout.saturating_sub(began.elapsed())).await {
                Ok(Answer { rejected, message }) => {
                    sent += spans.len();
                    whole.rejected += rejected.min(spans.len());
                    whole.message = if message.is_empty() { whole.message } else { message };
                }
                Err(error) => {
                    whole.rejected += spans.len();
                    failed.get_or_insert(error);
                }
            }
        }
        match failed {
            Some(error) if sent == 0 => Err(error),
            Some(error) => Ok(Answer { message: error, ..whole }),
            None => Ok(whole),
        }
    }

    async fn send_request(&self, body: Vec<u8>, time: Duration) -> Result<Answer, String> {
        if body.len() > LARGEST_REQUEST {
            return Err(format!("the request is too large: {} bytes", body.len()));
        }
        let body: Bytes = match &self.client {
            // Compressed by the channel.
            Client::Grpc(_) => body.into(),
            Client::Http(client) => client.compress(body).map_err(|error| error.to_string())?.into(),
        };
        retry::within(time, || async {
            match &self.client {
                Client::Grpc(client) => client.send(body.clone()).await,
                Client::Http(client) => client.send(body.clone()).await,
            }
        })
        .await
    }

    fn encode(&self, spans: &[SpanData]) -> Result<Vec<u8>, String> {
        match self.protocol {
            Protocol::HttpJson => json::request(&self.resource, spans.to_vec()).map_err(|error| error.to_string()),
            Protocol::Grpc | Protocol::HttpProtobuf => Ok(encode::request(&self.resource, spans)),
        }
    }
}

impl Sink for Exporter {
    fn export(&self, batch: Vec<SpanData>) -> Pin<Box<dyn Future<Output = Result<Answer, String>> + Send + '_>> {
        Box::pin(self.send(batch))
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.resource = resource.clone();
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown(&self, _timeout: Duration) -> OTelSdkResult {
        Ok(())
    }
}

/// `http://user:password@host` without the user and password.
pub(crate) fn hide_credentials(url: &str) -> String {
    match credentials(url) {
        Some((scheme, _, rest)) => format!("{scheme}://…@{rest}"),
        None => url.to_owned(),
    }
}

/// The scheme, `user:password` and what comes after them, if they are there.
fn credentials(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let at = rest[..end].rfind('@')?;
    Some((scheme, &rest[..at], &rest[at + 1..]))
}

/// The error and its sources.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, ": {error}");
        source = error.source();
    }
    text
}
