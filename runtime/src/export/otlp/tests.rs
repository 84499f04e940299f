//! In: connections to a small server of our own, and to ports where nothing or the wrong thing listens. Out: what arrives there, and the
//! words of the errors.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry_sdk::trace::SpanData;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::{Connection, PemFile, Protocol, Tls, opener};
use crate::export::Answer;
use crate::export::sample::span;

fn to(protocol: Protocol, endpoint: String) -> Connection {
    let headers = vec![("api-key".parse().unwrap(), "hidden".parse().unwrap())];
    Connection { protocol, endpoint, headers, timeout: Duration::from_secs(5), gzip: false, tls: Tls::default() }
}

fn export(connection: Connection) -> Result<Answer, String> {
    export_all(connection, vec![span(2, 0, "checkout", (0, 10))])
}

fn export_all(connection: Connection, batch: Vec<SpanData>) -> Result<Answer, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sink = (opener(connection).open)().unwrap();
        sink.export(batch).await
    })
}

fn error(connection: Connection) -> String {
    export(connection).unwrap_err()
}

fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Answers one HTTP/1.1 request and returns what it read.
fn answer(stream: impl Read + Write, response: &str) -> String {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if !stream.read_line(&mut head).is_ok_and(|read| read > 0) {
            return head;
        }
        if let Some(value) = head[start..].to_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    let _ = stream.read_exact(&mut body);
    let _ = stream.get_mut().write_all(response.as_bytes());
    let _ = stream.get_mut().flush();
    head + &String::from_utf8_lossy(&body)
}

/// Handles every connection, since a failed export is tried again; the receiver gets what each of them read.
fn serve(handle: impl Fn(TcpStream) -> String + Send + 'static) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            if sender.send(handle(stream.unwrap())).is_err() {
                break;
            }
        }
    });
    (port, receiver)
}

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[test]
fn spans_arrive_as_json_and_protobuf() {
    let (port, server) = serve(|stream| answer(stream, OK));
    export(to(Protocol::HttpJson, format!("http://127.0.0.1:{port}/v1/traces"))).unwrap();
    let request = server.recv().unwrap();
    assert!(request.starts_with("POST /v1/traces HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("api-key: hidden\r\n") && request.contains("\"checkout\""), "{request}");
    let (port, server) = serve(|stream| answer(stream, OK));
    let mut connection = to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}/v1/traces"));
    connection.gzip = true;
    export(connection).unwrap();
    let request = server.recv().unwrap();
    assert!(request.contains("content-type: application/x-protobuf\r\n") && request.contains("content-encoding: gzip\r\n"), "{request}");
}

#[test]
fn what_the_collector_rejects_is_in_the_answer() {
    let partial = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n\n\x0b\x08\x01\x12\x07too old";
    let (port, _server) = serve(move |stream| answer(stream, partial));
    let answer = export(to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}/v1/traces")));
    assert_eq!(answer, Ok(Answer { rejected: 1, message: "too old".to_owned() }));
}

#[test]
fn a_busy_collector_gets_the_same_spans_again() {
    let responses = Mutex::new(vec![OK, "HTTP/1.1 503 Busy\r\nretry-after: 0\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"]);
    let (port, server) = serve(move |stream| answer(stream, responses.lock().unwrap().pop().unwrap()));
    assert_eq!(export(to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}/v1/traces"))), Ok(Answer::default()));
    let (first, second) = (server.recv().unwrap(), server.recv().unwrap());
    assert!(first.contains("user-agent: traced-OTLP-Exporter-Rust/") && first.contains("checkout"), "{first}");
    assert_eq!(first, second);
}

#[test]
fn a_large_batch_arrives_in_parts_and_a_large_span_alone() {
    let megabytes =
        |name, count: usize| SpanData { attributes: vec![KeyValue::new("text", "x".repeat(count << 20))], ..span(2, 0, name, (0, 10)) };
    let batch = || vec![megabytes("one", 1), megabytes("two", 2), megabytes("three", 1), megabytes("four", 5)];
    for protocol in [Protocol::HttpProtobuf, Protocol::HttpJson] {
        let (port, server) = serve(|stream| answer(stream, OK));
        assert_eq!(export_all(to(protocol, format!("http://127.0.0.1:{port}")), batch()), Ok(Answer::default()));
        let names = |request: String| ["one", "two", "three", "four"].into_iter().filter(|name| request.contains(name)).collect::<Vec<_>>();
        let requests: Vec<_> = server.iter().take(3).map(names).collect();
        assert_eq!(requests, [vec!["one", "two"], vec!["three"], vec!["four"]]);
    }
    let responses = Mutex::new(vec![OK, "HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", OK]);
    let (port, _server) = serve(move |stream| answer(stream, responses.lock().unwrap().pop().unwrap()));
    let partly = export_all(to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}")), batch());
    assert_eq!(partly, Ok(Answer { rejected: 1, message: "the export failed with HTTP status code: 413".to_owned() }));
}

#[test]
fn a_success_whose_answer_breaks_off_is_a_success() {
    let (port, _server) = serve(|stream| answer(stream, "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n\n\x0b"));
    assert_eq!(export(to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}"))), Ok(Answer::default()));
}

#[test]
fn a_collector_that_hangs_up_is_called_again() {
    for protocol in [Protocol::HttpProtobuf, Protocol::Grpc] {
        let (port, server) = serve(|mut stream| {
            let _ = stream.read(&mut [0; 4096]);
            String::new()
        });
        let text = error(to(protocol, format!("http://127.0.0.1:{port}")));
        let calls = (0..4).map_while(|_| server.recv_timeout(Duration::from_secs(1)).ok()).count();
        assert_eq!(calls, 4, "{protocol:?}: {text}");
    }
}

#[test]
fn errors_name_their_cause() {
    for protocol in [Protocol::HttpProtobuf, Protocol::Grpc] {
        let text = error(to(protocol, format!("http://127.0.0.1:{}", closed_port())));
        assert!(text.contains("Connection refused"), "{text}");
    }
    let (port, _server) = serve(|stream| answer(stream, "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"));
    let text = error(to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}")));
    assert!(text.ends_with("status code: 401"), "{text}");
    let (port, _server) = serve(|stream| {
        std::thread::sleep(Duration::from_secs(1));
        stream.shutdown(Shutdown::Both).map(|()| String::new()).unwrap_or_default()
    });
    let slow = Connection { timeout: Duration::from_millis(200), ..to(Protocol::HttpProtobuf, format!("http://127.0.0.1:{port}")) };
    assert!(error(slow).contains("timed out"));
}

#[test]
fn private_certificates_are_trusted_when_named_and_only_then() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let path = std::env::temp_dir().join(format!("traced-ca-{}.pem", std::process::id()));
    std::fs::write(&path, made.cert.pem()).unwrap();
    let certificate: CertificateDer<'static> = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let serve_tls = || {
        let config = Arc::clone(&config);
        serve(move |stream| {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            answer(rustls::StreamOwned::new(session, stream), OK)
        })
    };
    let (port, server) = serve_tls();
    let mut connection = to(Protocol::HttpProtobuf, format!("https://localhost:{port}/v1/traces"));
    connection.tls.authority = Some(PemFile { variable: "OTEL_EXPORTER_OTLP_CERTIFICATE", path: path.clone() });
    export(connection).unwrap();
    assert!(server.recv().unwrap().starts_with("POST /v1/traces"));
    let (port, _server) = serve_tls();
    let text = error(to(Protocol::HttpProtobuf, format!("https://localhost:{port}/v1/traces")));
    assert!(text.contains("certificate"), "{text}");
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_missing_certificate_is_refused_when_opened() {
    for protocol in [Protocol::HttpProtobuf, Protocol::Grpc] {
        let mut connection = to(protocol, "https://localhost:1".to_owned());
        let path = PathBuf::from("/nowhere/ca.pem");
        connection.tls.authority = Some(PemFile { variable: "OTEL_EXPORTER_OTLP_CERTIFICATE", path });
        let text = (opener(connection).open)().unwrap_err().to_string();
        assert!(text.starts_with("OTEL_EXPORTER_OTLP_CERTIFICATE is `/nowhere/ca.pem`; not a readable PEM file"), "{text}");
    }
}

#[test]
fn the_destination_hides_credentials() {
    let destination = opener(to(Protocol::HttpProtobuf, "https://user:secret@c/v1/traces".to_owned())).destination;
    assert_eq!(destination, "https://…@c/v1/traces (http/protobuf)");
}
