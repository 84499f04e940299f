//! In: the target named in code and the `OTEL_EXPORTER_OTLP_*` variables. Out: [`Connection`], ready to be opened. Refuses endpoints
//! that are no URL of a scheme it speaks, and half a client identity.
//!
//! Specification: protocol/exporter. The variable of the signal (`…_TRACES_…`) comes before the general one.

use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;

use super::environment::Reader;
use super::otlp_endpoint;
use crate::error::InitError;
use crate::export::otlp::{Connection, PemFile, Protocol, Target, Tls};

const PROTOCOL: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"];
const HEADERS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"];
const TIMEOUT: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT"];
const COMPRESSION: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "OTEL_EXPORTER_OTLP_COMPRESSION"];
const CERTIFICATE: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "OTEL_EXPORTER_OTLP_CERTIFICATE"];
const CLIENT_KEY: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY", "OTEL_EXPORTER_OTLP_CLIENT_KEY"];
const CLIENT_CERTIFICATE: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"];

pub(crate) fn resolve(target: Target, reader: &mut Reader<'_>) -> Result<Connection, InitError> {
    let named = protocol(reader);
    let (protocol, in_code) = match target {
        Target::Environment => (named, None),
        Target::Grpc(endpoint) => (Protocol::Grpc, Some(("Exporter::otlp_grpc", endpoint))),
        Target::Http(endpoint) if named == Protocol::HttpJson => (named, Some(("Exporter::otlp_http", endpoint))),
        Target::Http(endpoint) => (Protocol::HttpProtobuf, Some(("Exporter::otlp_http", endpoint))),
    };
    let endpoint = otlp_endpoint::resolve(protocol, in_code, reader)?;
    let tls = tls(&endpoint, reader)?;
    Ok(Connection {
        protocol,
        endpoint,
        headers: headers(reader),
        timeout: reader.milliseconds(&TIMEOUT, 1).unwrap_or(Duration::from_secs(10)),
        gzip: gzip(reader),
        tls,
    })
}

fn protocol(reader: &mut Reader<'_>) -> Protocol {
    for variable in PROTOCOL {
        let Some(value) = reader.text(variable) else { continue };
        match value.to_ascii_lowercase().as_str() {
            "grpc" => return Protocol::Grpc,
            "http/protobuf" => return Protocol::HttpProtobuf,
            "http/json" => return Protocol::HttpJson,
            _ => reader.warn(variable, value, "no such protocol, ignored; allowed are http/protobuf, grpc, http/json"),
        }
    }
    Protocol::HttpProtobuf
}

fn gzip(reader: &mut Reader<'_>) -> bool {
    for variable in COMPRESSION {
        let Some(value) = reader.text(variable) else { continue };
        match value.to_ascii_lowercase().as_str() {
            "gzip" => return true,
            "none" => return false,
            _ => reader.warn(variable, value, "not available, ignored; allowed are gzip, none"),
        }
    }
    false
}

/// `key=value,key=value`, percent-encoded. Values are secrets: no message repeats them.
fn headers(reader: &mut Reader<'_>) -> Vec<(HeaderName, HeaderValue)> {
    let Some((variable, list)) = reader.first(&HEADERS) else { return Vec::new() };
    let mut headers = Vec::new();
    for (position, member) in list.split(',').enumerate().filter(|(_, member)| !member.trim().is_empty()) {
        match header(member) {
            Some(header) => headers.push(header),
            None => reader.warn(
                variable,
                "…",
                format!("entry {} is not a header and left out; write name=value,name=value, percent-encoded", position + 1),
            ),
        }
    }
    headers
}

fn header(member: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = member.split_once('=')?;
    let value = percent_decode_str(value.trim()).decode_utf8().ok()?;
    let mut value = HeaderValue::from_str(&value).ok()?;
    value.set_sensitive(true);
    Some((name.trim().parse().ok()?, value))
}

fn tls(endpoint: &str, reader: &mut Reader<'_>) -> Result<Tls, InitError> {
    let mut file = |variables: &[&'static str]| -> Option<PemFile> {
        let (variable, path) = reader.first(variables)?;
        if endpoint.starts_with("http://") {
            reader.warn(variable, path, format!("no effect on {endpoint}, which is not encrypted; write https://"));
        }
        Some(PemFile { variable, path: PathBuf::from(path) })
    };
    let authority = file(&CERTIFICATE);
    let identity = match (file(&CLIENT_CERTIFICATE), file(&CLIENT_KEY)) {
        (Some(certificate), Some(key)) => Some((certificate, key)),
        (None, None) => None,
        (Some(alone), None) => return Err(half(&alone, CLIENT_KEY[1])),
        (None, Some(alone)) => return Err(half(&alone, CLIENT_CERTIFICATE[1])),
    };
    Ok(Tls { authority, identity })
}

fn half(found: &PemFile, missing: &str) -> InitError {
    let allowed = format!("a client identity needs {missing} beside it; set both to paths of PEM files, or neither");
    InitError::setting(found.variable, found.path.display(), allowed)
}
