//! In: a resolved [`Connection`]. Out: an exporter that speaks OTLP, on the engine's own runtime. Refuses certificates it cannot read.
//!
//! Encoding, compression and retries are `opentelemetry-otlp`'s: three retries with exponential back-off within the time-out, only for
//! what the protocol calls retryable, honouring Retry-After. Ours are the clients beneath it: TLS is always there, with the system's
//! roots and one cryptography provider named here, whatever features other crates of the application switch on.

mod grpc;
mod http;
#[cfg(test)]
mod tests;
mod tls;

use std::path::PathBuf;
use std::time::Duration;

use ::http::{HeaderName, HeaderValue};

use super::{Opener, Sink};
use crate::error::InitError;

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
    Opener::new(destination, move || -> Result<Box<dyn Sink>, InitError> {
        match connection.protocol {
            Protocol::Grpc => Ok(Box::new(grpc::open(&connection)?)),
            Protocol::HttpProtobuf | Protocol::HttpJson => Ok(Box::new(http::open(&connection)?)),
        }
    })
}

/// `http://user:password@host` without the user and password.
pub(crate) fn hide_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://…@{}", &rest[at + 1..]),
        None => url.to_owned(),
    }
}
