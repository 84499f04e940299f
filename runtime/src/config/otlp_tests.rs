//! In: OTLP targets and variables. Out: the connections they resolve to: endpoint rules, headers, TLS files, and what is refused.

use std::time::Duration;

use super::environment::{Environment, Reader};
use super::otlp::resolve;
use crate::export::otlp::{Connection, Protocol, Target};

fn with<const N: usize>(target: Target, variables: [(&str, &str); N]) -> (Connection, Vec<String>) {
    let environment = Environment::from(variables);
    let mut reader = Reader::new(&environment);
    let connection = resolve(target, &mut reader).unwrap();
    (connection, reader.warnings.iter().map(ToString::to_string).collect())
}

fn refused<const N: usize>(target: Target, variables: [(&str, &str); N]) -> String {
    let environment = Environment::from(variables);
    resolve(target, &mut Reader::new(&environment)).unwrap_err().to_string()
}

fn endpoint<const N: usize>(variables: [(&str, &str); N]) -> String {
    let (connection, warnings) = with(Target::Environment, variables);
    assert_eq!(warnings, [""; 0]);
    connection.endpoint
}

const GENERAL: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const SIGNAL: &str = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
const GRPC: (&str, &str) = ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

#[test]
fn endpoints_of_the_environment() {
    assert_eq!(endpoint([]), "http://localhost:4318/v1/traces");
    assert_eq!(endpoint([GRPC]), "http://localhost:4317");
    assert_eq!(endpoint([(GENERAL, "http://c:4318")]), "http://c:4318/v1/traces");
    assert_eq!(endpoint([(GENERAL, "http://c:4318/")]), "http://c:4318/v1/traces");
    assert_eq!(endpoint([(GENERAL, "https://c/base/?key=1")]), "https://c/base/v1/traces?key=1");
    assert_eq!(endpoint([(SIGNAL, "http://c:4318/my/path"), (GENERAL, "http://other")]), "http://c:4318/my/path");
    assert_eq!(endpoint([(SIGNAL, "http://c:4318")]), "http://c:4318");
    assert_eq!(endpoint([GRPC, (GENERAL, "http://c:4317")]), "http://c:4317");
    assert_eq!(endpoint([GRPC, (GENERAL, "c:4317")]), "https://c:4317");
    assert_eq!(endpoint([GRPC, (GENERAL, "c:4317"), ("OTEL_EXPORTER_OTLP_INSECURE", "true")]), "http://c:4317");
}

#[test]
fn endpoints_in_code() {
    let variables = [(GENERAL, "http://ignored:1")];
    let of = |target| with(target, variables).0.endpoint;
    assert_eq!(of(Target::Http("http://c:4318".to_owned())), "http://c:4318/v1/traces");
    assert_eq!(of(Target::Http("http://c:4318/mine".to_owned())), "http://c:4318/mine");
    assert_eq!(of(Target::Grpc("http://c:4317".to_owned())), "http://c:4317");
    let json = with(Target::Http("http://c".to_owned()), [("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]).0;
    assert_eq!(json.protocol, Protocol::HttpJson);
}

#[test]
fn an_unusable_endpoint_is_refused_with_an_example() {
    let of = |value| refused(Target::Environment, [(GENERAL, value)]);
    assert_eq!(
        of("localhost:4318"),
        "OTEL_EXPORTER_OTLP_ENDPOINT is `localhost:4318`; without a scheme; write an http:// or https:// URL, for example http://localhost:4318"
    );
    assert!(of("http://[::1]:99999").contains("with a port that is no number"));
    assert_eq!(endpoint([(GENERAL, "http://[::1]:4318")]), "http://[::1]:4318/v1/traces");
    assert!(of("ftp://c").contains("of a scheme that OTLP does not use"));
    assert!(of("http://").contains("not a URL"));
    assert!(of("http://user:secret@c:port").starts_with("OTEL_EXPORTER_OTLP_ENDPOINT is `http://…@c:port`; with a port that is no number"));
    assert!(refused(Target::Grpc("ftp://c".to_owned()), []).starts_with("Exporter::otlp_grpc is `ftp://c`"));
}

#[test]
fn the_other_protocols_port_is_a_warning() {
    let (_, warnings) = with(Target::Environment, [(GENERAL, "http://c:4317")]);
    assert_eq!(
        warnings,
        [
            "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317: 4317 is the port of OTLP/gRPC, but the protocol is http; use port 4318 or set OTEL_EXPORTER_OTLP_PROTOCOL=grpc"
        ]
    );
    assert_eq!(with(Target::Environment, [GRPC, (GENERAL, "http://c:4318")]).1.len(), 1);
}

#[test]
fn the_signals_variable_comes_first_and_bad_values_fall_back() {
    let (connection, warnings) = with(
        Target::Environment,
        [
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "thrift"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "HTTP/JSON"),
            ("OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "250"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1"),
            ("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION", "lzma"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
        ],
    );
    assert_eq!((connection.protocol, connection.timeout, connection.gzip), (Protocol::HttpJson, Duration::from_millis(250), true));
    assert_eq!(
        warnings,
        [
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=thrift: no such protocol, ignored; allowed are http/protobuf, grpc, http/json",
            "OTEL_EXPORTER_OTLP_TRACES_COMPRESSION=lzma: not available, ignored; allowed are gzip, none",
        ]
    );
    let (defaults, _) = with(Target::Environment, []);
    assert_eq!((defaults.timeout, defaults.gzip), (Duration::from_secs(10), false));
}

#[test]
fn headers_are_decoded_and_never_repeated_in_messages() {
    let (connection, warnings) = with(Target::Environment, [("OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b, x=1,secret,")]);
    let headers: Vec<_> = connection.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    assert_eq!(headers, [("api-key", "a b"), ("x", "1")]);
    assert_eq!(
        warnings,
        ["OTEL_EXPORTER_OTLP_HEADERS=…: entry 3 is not a header and left out; write name=value,name=value, percent-encoded"]
    );
    assert!(!format!("{connection:?}").contains("a b"));
    let (connection, _) = with(Target::Environment, [("OTEL_EXPORTER_OTLP_HEADERS", "x=1"), ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "")]);
    assert_eq!(connection.headers.len(), 1, "an empty variable is unset");
}

#[test]
fn half_a_client_identity_is_refused() {
    let text = refused(Target::Environment, [(GENERAL, "https://c"), ("OTEL_EXPORTER_OTLP_CLIENT_KEY", "/key.pem")]);
    assert!(text.starts_with("OTEL_EXPORTER_OTLP_CLIENT_KEY is `/key.pem`; a client identity needs OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"));
    let (_, warnings) = with(Target::Environment, [("OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem")]);
    assert!(warnings[0].contains("no effect on http://localhost:4318/v1/traces, which is not encrypted"), "{warnings:?}");
}
