//! In: a [`Connection`] over HTTP. Out: an exporter whose errors name their real cause. Refuses unreadable certificates.

use std::error::Error;
use std::fmt::Write;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Compression, Protocol as OtlpProtocol, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use super::{Connection, Protocol, tls};
use crate::error::InitError;

/// Must run inside the export thread's runtime.
pub(super) fn open(connection: &Connection) -> Result<OverHttp, InitError> {
    let refuse = |error: &(dyn Error + 'static)| InitError::open(&connection.endpoint, causes(error));
    let client = reqwest::Client::builder()
        .timeout(connection.timeout)
        .redirect(reqwest::redirect::Policy::none())
        .tls_backend_preconfigured(tls::client_config(&connection.tls)?)
        .build()
        .map_err(|error| refuse(&error))?;
    let cause = Arc::new(Mutex::new(None));
    let headers = connection
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), String::from_utf8(value.as_bytes().to_vec()).ok()?)));
    let mut builder = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_http_client(Client { client, cause: Arc::clone(&cause) })
        .with_protocol(match connection.protocol {
            Protocol::HttpJson => OtlpProtocol::HttpJson,
            Protocol::HttpProtobuf | Protocol::Grpc => OtlpProtocol::HttpBinary,
        })
        .with_endpoint(&connection.endpoint)
        .with_timeout(connection.timeout)
        .with_headers(headers.collect());
    if connection.gzip {
        builder = builder.with_compression(Compression::Gzip);
    }
    Ok(OverHttp { exporter: builder.build().map_err(|error| refuse(&error))?, cause })
}

/// Why the last request failed; `opentelemetry-otlp` itself says no more than "network error".
type Cause = Arc<Mutex<Option<String>>>;

#[derive(Debug)]
pub(super) struct OverHttp {
    exporter: opentelemetry_otlp::SpanExporter,
    cause: Cause,
}

impl SpanExporter for OverHttp {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let result = self.exporter.export(batch).await;
        let cause = take(&self.cause);
        match (result, cause) {
            (Err(OTelSdkError::InternalFailure(_)), Some(cause)) => Err(OTelSdkError::InternalFailure(cause)),
            (result, _) => result,
        }
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

#[derive(Debug)]
struct Client {
    client: reqwest::Client,
    cause: Cause,
}

impl HttpClient for Client {
    /// The signature is what `#[async_trait]` makes of the trait's `async fn`.
    fn send_bytes<'life0, 'async_trait>(
        &'life0 self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        Box::pin(async move {
            take(&self.cause);
            let result = self.client.send_bytes(request).await;
            if let Err(error) = &result {
                *self.cause.lock().unwrap_or_else(PoisonError::into_inner) = Some(causes(error.as_ref()));
            }
            result
        })
    }
}

fn take(cause: &Cause) -> Option<String> {
    cause.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// The error and its sources, without the URL that `reqwest` puts into its own text.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = match error.downcast_ref::<reqwest::Error>() {
        Some(error) if error.is_timeout() => "timed out".to_owned(),
        Some(_) => String::new(),
        None => error.to_string(),
    };
    let mut source = error.source();
    while let Some(error) = source {
        let separator = if text.is_empty() { "" } else { ": " };
        let _ = write!(text, "{separator}{error}");
        source = error.source();
    }
    if text.is_empty() { error.to_string() } else { text }
}
