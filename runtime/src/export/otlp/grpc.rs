//! In: a [`Connection`] over gRPC. Out: an exporter. Refuses unreadable certificates, and encryption without any trusted root.

use opentelemetry_otlp::{Compression, WithExportConfig, WithTonicConfig};
use tonic::metadata::MetadataMap;
use tonic::transport::{Certificate, ClientTlsConfig, Identity};

use super::{Connection, Tls, tls};
use crate::error::InitError;

/// Must run inside the export thread's runtime: the channel starts a task on it.
pub(super) fn open(connection: &Connection) -> Result<opentelemetry_otlp::SpanExporter, InitError> {
    let headers = connection.headers.iter().cloned().collect();
    let mut builder = opentelemetry_otlp::SpanExporter::builder()
        .with_tonic()
        .with_endpoint(&connection.endpoint)
        .with_timeout(connection.timeout)
        .with_metadata(MetadataMap::from_headers(headers));
    if connection.endpoint.starts_with("https://") {
        builder = builder.with_tls_config(tls_config(&connection.tls)?);
    }
    if connection.gzip {
        builder = builder.with_compression(Compression::Gzip);
    }
    builder.build().map_err(|error| InitError::open(&connection.endpoint, error))
}

fn tls_config(tls: &Tls) -> Result<ClientTlsConfig, InitError> {
    let config = match &tls.authority {
        None => ClientTlsConfig::new().with_native_roots(),
        Some(file) => {
            tls::certificates(file)?;
            ClientTlsConfig::new().ca_certificate(Certificate::from_pem(tls::read(file)?))
        }
    };
    let Some((certificate, key)) = &tls.identity else { return Ok(config) };
    tls::certificates(certificate)?;
    Ok(config.identity(Identity::from_pem(tls::read(certificate)?, tls::read(key)?)))
}
