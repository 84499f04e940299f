//! OTLP to a receiver that is not ours, over gRPC and over HTTP: every span arrives once and whole, with every runtime and without one.

use crate::{probe, stderr, stdout};
use mock_collector::{MockCollector, MockServer, Protocol, ServerHandle, TestSpan};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

async fn receiver(protocol: Protocol) -> ServerHandle {
    MockServer::builder().protocol(protocol).start().await.expect("a port is free")
}

/// Runs `probe` against the receiver, beside it.
async fn run(what: &'static str, protocol: &'static str, compression: &'static str, server: &ServerHandle) -> String {
    let endpoint = format!("http://{}", server.addr());
    let run = move || {
        let environment = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &*endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", compression),
        ];
        stdout(&probe(&[what], &environment))
    };
    tokio::task::spawn_blocking(run).await.expect("no panic")
}

async fn arrives_whole(server: ServerHandle, protocol: &'static str, compression: &'static str) {
    assert_eq!(run("plain", protocol, compression, &server).await, "2 spans started, 2 exported, 0 dropped, 0 failed\n");
    server
        .with_collector(|collector| {
            assert_eq!(collector.span_count(), 2, "{}", collector.dump());
            collector
                .expect_span_with_name("order")
                .with_attributes([("order.id", "ord-1")])
                .with_resource_attributes([
                    ("service.name", "probe"),
                    ("deployment.environment.name", "test"),
                    ("telemetry.distro.name", "traced"),
                ])
                .with_event_attributes("accepted", [("by", "probe")])
                .assert_count(1);
            collector
                .expect_span_with_name("charge")
                .with_attributes([("error.type", "core::fmt::Error")])
                .with_event_attributes("exception", [("exception.type", "core::fmt::Error")])
                .assert_count(1);
            let span = |name: &str| collector.spans().iter().map(TestSpan::span).find(|span| span.name == name).expect("asserted above");
            let (order, charge) = (span("order"), span("charge"));
            assert_eq!((order.kind, charge.kind), (2, 3), "server and client");
            assert_eq!(charge.parent_span_id, order.span_id);
            assert_eq!(charge.trace_id, order.trace_id);
            assert!(order.parent_span_id.is_empty());
            let status = charge.status.as_ref().expect("an error has a status");
            assert_eq!((status.code, &*status.message), (2, "an error occurred when formatting an argument"));
            assert!(order.start_time_unix_nano <= charge.start_time_unix_nano && charge.end_time_unix_nano <= order.end_time_unix_nano);
        })
        .await;
}

#[tokio::test]
async fn grpc_spans_arrive_whole() {
    for compression in ["none", "gzip"] {
        arrives_whole(receiver(Protocol::Grpc).await, "grpc", compression).await;
    }
}

#[tokio::test]
async fn http_protobuf_spans_arrive_whole() {
    for compression in ["none", "gzip"] {
        arrives_whole(receiver(Protocol::HttpBinary).await, "http/protobuf", compression).await;
    }
}

#[tokio::test]
async fn http_json_spans_arrive_whole() {
    for compression in ["none", "gzip"] {
        arrives_whole(receiver(Protocol::HttpJson).await, "http/json", compression).await;
    }
}

/// Reads one request, answers it and gives its head.
fn answer(listener: &TcpListener, status: &str, body: &str) -> std::io::Result<String> {
    let mut stream = BufReader::new(listener.accept()?.0);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? <= 2 {
            break;
        }
        length = line.strip_prefix("content-length: ").map_or(length, |length| length.trim().parse().expect("a number"));
        head.push_str(&line);
    }
    stream.read_exact(&mut vec![0; length])?;
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    stream.get_mut().write_all(answer.as_bytes())?;
    Ok(head)
}

#[test]
fn what_the_collector_rejects_is_counted_and_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let endpoint = format!("http://{}", listener.local_addr().expect("it listens"));
    let body = r#"{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}"#;
    let collector = std::thread::spawn(move || answer(&listener, "200 OK", body));
    let output = probe(&["plain"], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]);
    collector.join().expect("no panic").expect("one request");
    assert_eq!(stdout(&output), "2 spans started, 1 exported, 0 dropped, 1 failed\n");
    let line = format!("{endpoint}/v1/traces (http/json) rejected 1 of 2 spans: too old\n");
    assert!(stderr(&output).contains(&line), "{}", stderr(&output));
}

/// Sends spans for the endpoint through a proxy that gives this answer: what the proxy is asked, and what the program says.
fn through_proxy(endpoint: &str, status: &'static str) -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://ann:secret@{}", listener.local_addr().expect("it listens"));
    let proxy = std::thread::spawn(move || answer(&listener, status, ""));
    let environment = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "2000"),
        ("HTTP_PROXY", &url),
        ("HTTPS_PROXY", &url),
        ("NO_PROXY", "127.0.0.2"),
    ];
    let output = probe(&["plain"], &environment);
    (proxy.join().expect("no panic").expect("one request"), stdout(&output) + &stderr(&output))
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let (request, output) = through_proxy("http://ann:pass%20word@collector.invalid:4318", "200 OK");
    assert!(request.starts_with("POST http://collector.invalid:4318/v1/traces HTTP/1.1\r\n"), "{request}");
    for line in ["host: collector.invalid:4318", "authorization: Basic YW5uOnBhc3Mgd29yZA==", "proxy-authorization: Basic YW5uOnNlY3JldA=="]
    {
        assert!(request.lines().any(|found| found == line), "{line} is not in {request}");
    }
    assert!(output.starts_with("2 spans started, 2 exported, 0 dropped, 0 failed\n"), "{output}");
}

#[test]
fn the_proxy_of_the_environment_is_a_tunnel_for_tls() {
    let (request, output) = through_proxy("https://collector.invalid:4318", "407 Proxy Authentication Required");
    assert!(request.starts_with("CONNECT collector.invalid:4318 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("Proxy-Authorization: Basic YW5uOnNlY3JldA=="), "{request}");
    assert!(output.starts_with("2 spans started, 0 exported, 0 dropped, 2 failed\n"), "{output}");
    assert!(output.contains("tunnel error"), "{output}");
}

#[tokio::test]
async fn every_runtime_flavour_sends_and_none_stalls() {
    for (protocol, name) in [(Protocol::Grpc, "grpc"), (Protocol::HttpBinary, "http/protobuf")] {
        for flavour in ["plain", "current-thread", "one-worker", "inside-async", "dropped"] {
            let server = receiver(protocol).await;
            let started = std::time::Instant::now();
            run(flavour, name, "none", &server).await;
            assert!(started.elapsed().as_secs() < 4, "{name} {flavour} stalled for {:?}", started.elapsed());
            assert_eq!(server.with_collector(MockCollector::span_count).await, 2, "{name} {flavour}");
        }
    }
}

#[tokio::test]
async fn leaving_main_by_an_error_or_a_panic_sends_first() {
    for what in ["question-mark", "panics"] {
        let server = receiver(Protocol::HttpBinary).await;
        let endpoint = format!("http://{}", server.addr());
        let output =
            tokio::task::spawn_blocking(move || probe(&[what], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)])).await.expect("no panic");
        assert!(!output.status.success());
        assert_eq!(server.with_collector(MockCollector::span_count).await, 2, "{what}");
    }
}
