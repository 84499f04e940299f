//! In: the text of an export error and where it happened. Out: what the reader can do about it, if the text tells.

/// Marks in the lower-cased error, and the advice they call for; the first that fits is given.
const HINTS: [(&[&str], &str); 9] = [
    (
        &["connection refused", "connection reset"],
        "is a collector listening there? OTLP/HTTP is port 4318 and OTLP/gRPC 4317; a collector in a container must listen on 0.0.0.0, not on localhost",
    ),
    (
        &["dns error", "failed to lookup", "name or service not known"],
        "the host name cannot be resolved; check OTEL_EXPORTER_OTLP_ENDPOINT",
    ),
    (
        &["corrupt message", "invalidcontenttype", "wrong version number"],
        "that port does not speak TLS; for a collector without encryption write http:// instead of https://",
    ),
    (
        &["certificate", "unknownissuer", "tls", "handshake"],
        "for a private certificate authority set OTEL_EXPORTER_OTLP_CERTIFICATE to its PEM file; for a collector without encryption write http://",
    ),
    (
        &["401", "403", "unauthenticated", "permissiondenied", "permission denied"],
        "the destination wants credentials: set OTEL_EXPORTER_OTLP_HEADERS, for example api-key=…",
    ),
    (
        &["404", "405", "unimplemented"],
        "nothing takes traces at that path; OTLP/HTTP is port 4318 with the path /v1/traces, OTLP/gRPC is port 4317 without a path",
    ),
    (&["413", "too large", "resourceexhausted"], "the batch is too large for the destination: lower OTEL_BSP_MAX_EXPORT_BATCH_SIZE"),
    (&["timed out", "timeout", "deadline"], "the destination is slow or unreachable; OTEL_EXPORTER_OTLP_TIMEOUT is in milliseconds"),
    (
        &["http2 error", "h2 protocol error", "invalid http version", "invalid http", "frame", "incomplete message", "connection closed"],
        "does the port speak this protocol? OTLP/HTTP is port 4318, OTLP/gRPC is port 4317; OTEL_EXPORTER_OTLP_PROTOCOL chooses",
    ),
];

/// Advice for exports over a network; a file or an exporter of the user's own gets none.
pub(crate) fn hint(error: &str, destination: &str) -> Option<&'static str> {
    if !destination.contains("://") {
        return None;
    }
    let error = error.to_ascii_lowercase();
    let fits = |marks: &[&str]| marks.iter().any(|mark| error.contains(mark));
    HINTS.iter().find(|(marks, _)| fits(marks)).map(|(_, advice)| *advice)
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn advice_follows_the_cause() {
        let advice = |error| hint(error, "https://collector:4318/v1/traces (http/protobuf)").unwrap_or("none");
        assert!(advice("HTTP export failed with status code: 401").contains("OTEL_EXPORTER_OTLP_HEADERS"));
        assert!(advice("HTTP export failed with status code: 404").contains("/v1/traces"));
        assert!(advice("invalid peer certificate: UnknownIssuer").contains("OTEL_EXPORTER_OTLP_CERTIFICATE"));
        assert!(advice("received corrupt message of type InvalidContentType").contains("http://"));
        assert!(advice("gRPC code: DeadlineExceeded").contains("OTEL_EXPORTER_OTLP_TIMEOUT"));
        assert_eq!(advice("something else"), "none");
        assert_eq!(hint("No space left on device", "spans.jsonl (OTLP JSON lines)"), None);
    }
}
