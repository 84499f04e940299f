//! In: variables that the specification knows and this crate does not act on. Out: a warning for each one that is set.

use super::environment::Reader;

const UNSUPPORTED: [(&str, &str); 7] = [
    ("OTEL_CONFIG_FILE", "declarative configuration is not supported; the other OTEL_* variables stay in force"),
    ("OTEL_EXPERIMENTAL_CONFIG_FILE", "declarative configuration is not supported; the other OTEL_* variables stay in force"),
    ("OTEL_ENTITIES", "entities are not supported; use OTEL_RESOURCE_ATTRIBUTES"),
    ("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "there is no Zipkin exporter; send OTLP to an OpenTelemetry Collector"),
    ("OTEL_EXPORTER_ZIPKIN_TIMEOUT", "there is no Zipkin exporter; use OTEL_EXPORTER_OTLP_TIMEOUT"),
    ("OTEL_BSP_MAX_CONCURRENT_EXPORTS", "exports run one after another; ignored"),
    ("OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN", "exceptions are recorded as span events only, there is no log signal here"),
];

const OPT_IN: &str = "OTEL_SEMCONV_STABILITY_OPT_IN";

/// Warns of every variable that is set to no effect.
pub(crate) fn warn(reader: &mut Reader<'_>) {
    for (variable, reason) in UNSUPPORTED {
        match reader.text(variable) {
            Some("1") if variable == "OTEL_BSP_MAX_CONCURRENT_EXPORTS" => {}
            Some(value) => reader.warn(variable, value, reason),
            None => {}
        }
    }
    if let Some(value) = reader.text(OPT_IN).filter(|value| value.contains("/dup")) {
        reader.warn(OPT_IN, value, "only the current attribute names are emitted, never the old ones beside them");
    }
}
