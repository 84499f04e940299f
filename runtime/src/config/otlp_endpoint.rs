//! In: the endpoint named in code or in the environment. Out: the full URL spans are sent to. Refuses what is no http(s) URL.
//!
//! Specification: protocol/exporter, "Endpoint URLs for OTLP/HTTP": the signal's own endpoint is used as it is, `/v1/traces` is appended
//! to the general one. gRPC takes an endpoint without scheme, whose encryption the INSECURE variable decides.

use http::Uri;

use super::environment::Reader;
use crate::error::InitError;
use crate::export::otlp::{Protocol, hide_credentials};

const SIGNAL: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const GENERAL: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const INSECURE: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_INSECURE", "OTEL_EXPORTER_OTLP_INSECURE"];
const TRACES: &str = "/v1/traces";

/// `in_code` is the builder method and its argument.
pub(crate) fn resolve(protocol: Protocol, in_code: Option<(&'static str, String)>, reader: &mut Reader<'_>) -> Result<String, InitError> {
    let (setting, value) = match in_code {
        Some(in_code) => in_code,
        None => match reader.first(&[SIGNAL, GENERAL]) {
            Some((variable, value)) => (variable, value.to_owned()),
            None => ("", default(protocol).to_owned()),
        },
    };
    let url = Url { setting, value: &value, protocol };
    let uri = match protocol {
        Protocol::Grpc => url.parse(&with_scheme(&value, reader))?,
        Protocol::HttpProtobuf | Protocol::HttpJson => url.parse(&value)?,
    };
    warn_of_port(&url, &uri, reader);
    let bare = matches!(uri.path(), "" | "/");
    let append = protocol != Protocol::Grpc && setting != SIGNAL && (setting == GENERAL || bare);
    Ok(if append { append_path(&uri) } else { uri.to_string().trim_end_matches('/').to_owned() })
}

struct Url<'a> {
    setting: &'static str,
    value: &'a str,
    protocol: Protocol,
}

impl Url<'_> {
    fn parse(&self, value: &str) -> Result<Uri, InitError> {
        let uri: Uri = value.parse().map_err(|error| self.refuse(&format!("not a URL ({error})")))?;
        match uri.scheme_str() {
            Some("http" | "https") if has_bad_port(&uri) => Err(self.refuse("with a port that is no number up to 65535")),
            Some("http" | "https") if uri.host().is_some_and(|host| !host.is_empty()) => Ok(uri),
            Some("http" | "https") => Err(self.refuse("without a host")),
            Some(_) => Err(self.refuse("of a scheme that OTLP does not use")),
            None => Err(self.refuse("without a scheme")),
        }
    }

    fn refuse(&self, what: &str) -> InitError {
        let allowed = format!("{what}; write an http:// or https:// URL, for example {}", default(self.protocol));
        let value = hide_credentials(self.value);
        InitError::setting(self.setting, value, allowed)
    }
}

/// `http::Uri` lets any text through behind the colon.
fn has_bad_port(uri: &Uri) -> bool {
    let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    let address = authority.rsplit('@').next().unwrap_or_default();
    let port = address.rsplit(']').next().unwrap_or_default().split_once(':');
    port.is_some() && uri.port_u16().is_none()
}

fn default(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Grpc => "http://localhost:4317",
        Protocol::HttpProtobuf | Protocol::HttpJson => "http://localhost:4318",
    }
}

fn with_scheme(value: &str, reader: &mut Reader<'_>) -> String {
    if value.contains("://") {
        return value.to_owned();
    }
    let insecure = INSECURE.into_iter().find_map(|variable| reader.flag(variable)).unwrap_or(false);
    format!("{}://{value}", if insecure { "http" } else { "https" })
}

fn append_path(uri: &Uri) -> String {
    let [scheme, authority] = [uri.scheme_str(), uri.authority().map(http::uri::Authority::as_str)].map(Option::unwrap_or_default);
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{scheme}://{authority}{}{TRACES}{query}", uri.path().trim_end_matches('/'))
}

/// The one mistake that nearly everyone makes once.
fn warn_of_port(url: &Url<'_>, uri: &Uri, reader: &mut Reader<'_>) {
    let reason = match (url.protocol, uri.port_u16()) {
        (Protocol::Grpc, Some(4318)) => {
            "4318 is the port of OTLP/HTTP, but the protocol is grpc; use port 4317 or the protocol http/protobuf"
        }
        (Protocol::HttpProtobuf | Protocol::HttpJson, Some(4317)) => {
            "4317 is the port of OTLP/gRPC, but the protocol is http; use port 4318 or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc"
        }
        _ => return,
    };
    reader.warn(url.setting, &hide_credentials(url.value), reason);
}
