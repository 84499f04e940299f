//! In: a [`Connection`] over gRPC, then encoded spans. Out: the collector's answers. Refuses unreadable certificates, and encryption without
//! any trusted root.

use std::error::Error;
use std::time::Duration;

use bytes::{BufMut, Bytes};
use http::uri::PathAndQuery;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use tonic::client::Grpc;
use tonic::codec::{Codec, CompressionEncoding, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::metadata::MetadataMap;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

use super::retry::Failure;
use super::{Connection, Tls, USER_AGENT, causes, response, tls};
use crate::error::InitError;
use crate::export::Answer;

const METHOD: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

#[derive(Debug)]
pub(super) struct Client {
    grpc: Grpc<Channel>,
    metadata: MetadataMap,
}

/// Must run inside the export thread's runtime: the channel starts a task on it.
pub(super) fn open(connection: &Connection) -> Result<Client, InitError> {
    let refuse = |error: &(dyn Error + 'static)| InitError::open(&connection.endpoint, causes(error));
    let mut endpoint = Endpoint::from_shared(connection.endpoint.clone())
        .and_then(|endpoint| endpoint.user_agent(USER_AGENT))
        .map_err(|error| refuse(&error))?;
    if connection.endpoint.starts_with("https://") {
        endpoint = endpoint.tls_config(tls_config(&connection.tls)?).map_err(|error| refuse(&error))?;
    }
    let mut grpc = Grpc::new(endpoint.connect_lazy());
    if connection.gzip {
        grpc = grpc.send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip);
    }
    Ok(Client { grpc, metadata: MetadataMap::from_headers(connection.headers.iter().cloned().collect()) })
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

impl Client {
    pub(super) async fn send(&self, body: Bytes) -> Result<Answer, Failure> {
        let mut grpc = self.grpc.clone();
        let mut request = Request::new(body);
        *request.metadata_mut() = self.metadata.clone();
        grpc.ready().await.map_err(|error| Failure::last(causes(&error)))?;
        match grpc.unary(request, PathAndQuery::from_static(METHOD), Encoded).await {
            Ok(answer) => Ok(response::answer(answer.into_inner())),
            Err(status) => Err(Failure { error: describe(&status), again_after: again_after(&status) }),
        }
    }
}

/// The code, and the cause where the request did not get there. The server's message is left out: it may repeat a secret header.
fn describe(status: &Status) -> String {
    let code = format!("the export failed with gRPC code: {:?}", status.code());
    match status.source() {
        Some(source) => format!("{code}: {}", causes(source)),
        None => code,
    }
}

/// As the specification says (protocol/otlp, section Failures): what is exhausted may be tried again only if the server says when. A
/// connection that broke is `Unknown` here and `Unavailable` in other clients: no server said it, so there is a source.
fn again_after(status: &Status) -> Option<Duration> {
    let asked = status.get_details_retry_info().and_then(|info| info.retry_delay);
    match status.code() {
        Code::ResourceExhausted => asked,
        Code::Cancelled | Code::DeadlineExceeded | Code::Aborted | Code::OutOfRange | Code::Unavailable | Code::DataLoss => {
            Some(asked.unwrap_or_default())
        }
        Code::Unknown if status.source().is_some() => Some(Duration::ZERO),
        _ => None,
    }
}

/// The request is bytes already.
struct Encoded;

impl Codec for Encoded {
    type Encode = Bytes;
    type Decode = ExportTraceServiceResponse;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Encoded {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, body: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.reserve(body.len());
        buffer.put(body);
        Ok(())
    }
}

impl Decoder for Encoded {
    type Item = ExportTraceServiceResponse;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<ExportTraceServiceResponse>, Status> {
        ExportTraceServiceResponse::decode(buffer).map(Some).map_err(|error| Status::internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use tonic_types::ErrorDetails;

    use super::*;

    #[test]
    fn what_may_be_tried_again_is_what_the_specification_says() {
        let bare = |code| again_after(&Status::new(code, ""));
        let asking = |code| {
            let details = ErrorDetails::with_retry_info(Some(Duration::from_secs(2)));
            again_after(&Status::with_error_details(code, "", details))
        };
        for code in [Code::Unavailable, Code::Aborted, Code::Cancelled, Code::DeadlineExceeded, Code::OutOfRange, Code::DataLoss] {
            assert_eq!((bare(code), asking(code)), (Some(Duration::ZERO), Some(Duration::from_secs(2))), "{code:?}");
        }
        assert_eq!((bare(Code::ResourceExhausted), asking(Code::ResourceExhausted)), (None, Some(Duration::from_secs(2))));
        for code in [Code::InvalidArgument, Code::Unauthenticated, Code::Unimplemented, Code::Internal, Code::Unknown] {
            assert_eq!((bare(code), asking(code)), (None, None), "{code:?}");
        }
    }
}
