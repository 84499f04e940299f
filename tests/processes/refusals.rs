//! What does not work says so: which setting, what was found, what would be right; a collector that is away costs the spans and nothing else.

use crate::{probe, stderr, stdout};

#[test]
fn a_second_init_is_an_error() {
    let output = probe(&["twice"], &[("OTEL_TRACES_EXPORTER", "none")]);
    assert_eq!(
        stdout(&output),
        "tracing is already installed in this process; call `traced::init` or `install` once, at the start of `main`, and keep its guard\n"
    );
}

#[test]
fn a_ratio_outside_its_range_is_an_error() {
    assert_eq!(
        stdout(&probe(&["bad-ratio"], &[])),
        "Sampler::ratio is `1.5`; allowed is a share from 0 to 1; for every tenth trace write `Sampler::ratio(0.1)`\n"
    );
}

#[test]
fn an_unusable_endpoint_is_an_error() {
    let text = stdout(&probe(&["bad-endpoint"], &[]));
    assert!(text.contains("Exporter::otlp_http") && text.contains("localhost 4318"), "{text}");
}

#[test]
fn a_collector_that_is_away_is_one_line_and_counted_spans() {
    for (protocol, port) in [("http/protobuf", "9"), ("grpc", "9")] {
        let endpoint = format!("http://127.0.0.1:{port}");
        let output = probe(&["plain"], &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)]);
        assert_eq!(stdout(&output), "2 spans started, 0 exported, 0 dropped, 2 failed\n", "{output:?}");
        let text = stderr(&output);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "one line at the start, one when exporting fails: {text}");
        assert!(lines[0].starts_with("traced: service=probe -> http://127.0.0.1:9"), "{text}");
        assert!(lines[1].to_lowercase().contains("connection refused") && lines[1].contains("collector"), "{text}");
    }
}
