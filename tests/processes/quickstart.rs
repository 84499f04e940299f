//! The README's example, as a newcomer runs it: trees without any configuration, the same traces at a collector with an endpoint.

use crate::stderr;
use mock_collector::{MockServer, Protocol};
use std::path::PathBuf;
use std::process::{Command, Output};

/// Builds the example, if that has not been done, beside the programs of these tests.
fn quickstart() -> PathBuf {
    let build = ["build", "--quiet", "--offline", "--package", "traced-examples", "--example", "quickstart"];
    assert!(Command::new(env!("CARGO")).args(build).status().expect("cargo runs").success());
    PathBuf::from(env!("CARGO_BIN_EXE_probe")).with_file_name("examples").join("quickstart")
}

fn run(program: PathBuf, environment: &[(&str, &str)]) -> Output {
    let output = Command::new(program).env("RUST_BACKTRACE", "0").envs(environment.iter().copied()).output().expect("the example runs");
    assert!(output.status.success(), "{output:?}");
    assert!(stderr(&output).ends_with("21 spans started, 21 exported, 0 dropped, 0 failed\n"), "{output:?}");
    output
}

#[test]
fn the_tree_shows_the_error_the_panic_and_the_handlers_in_the_producers_trace() {
    let text = stderr(&run(quickstart(), &[("LC_ALL", "C.UTF-8")]));
    let roots: Vec<&str> = text.lines().filter(|line| line.contains("order-service   trace ")).collect();
    let trace_id = |line: &str| line.split("trace ").nth(1).map(|rest| rest[..32].to_owned());
    assert_eq!(roots.len(), 5, "{text}");
    assert!(roots.iter().all(|line| trace_id(line) == trace_id(roots[0])), "one trace: {text}");
    assert!(roots[1..].iter().all(|line| line.starts_with("process orders") && line.contains("CONSUMER")), "{text}");
    for shown in [
        "✗ OrderError: order ord-1002 was not paid",
        "caused by: the card has expired",
        "✗ OrderError: line 3 of the orders is not an order",
        "✗ panic: an order without items",
        "· order-completed order.id=ord-1001",
    ] {
        assert!(text.contains(shown), "{shown} is missing: {text}");
    }
}

#[tokio::test]
async fn the_same_traces_go_to_a_collector() {
    for (protocol, name) in [(Protocol::Grpc, "grpc"), (Protocol::HttpBinary, "http/protobuf")] {
        let server = MockServer::builder().protocol(protocol).start().await.expect("a port is free");
        let endpoint = format!("http://{}", server.addr());
        let environment = move || run(quickstart(), &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", name)]);
        tokio::task::spawn_blocking(environment).await.expect("no panic");
        server
            .with_collector(|collector| {
                let counts = [
                    ("import", 1),
                    ("send orders", 4),
                    ("process orders", 4),
                    ("parse", 4),
                    ("reserve", 3),
                    ("charge", 2),
                    ("total", 2),
                    ("send_receipt", 1),
                ];
                for (span, count) in counts {
                    collector.expect_span_with_name(span).with_resource_attributes([("service.name", "order-service")]).assert_count(count);
                }
                assert_eq!(collector.span_count(), 21);
                let traces: std::collections::HashSet<_> = collector.spans().iter().map(|span| span.span().trace_id.clone()).collect();
                assert_eq!(traces.len(), 1, "the handlers are in the publisher's trace");
            })
            .await;
    }
}
