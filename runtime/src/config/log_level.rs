//! In: `OTEL_LOG_LEVEL`. Out: how much `traced` says about itself on stderr. Refuses nothing: an unknown level is a warning.

use super::environment::Reader;
use crate::log_level::LogLevel;

pub(crate) fn resolve(reader: &mut Reader<'_>) -> LogLevel {
    const VARIABLE: &str = "OTEL_LOG_LEVEL";
    let Some(value) = reader.text(VARIABLE) else { return LogLevel::default() };
    match value.to_ascii_lowercase().as_str() {
        "none" | "off" => LogLevel::None,
        "error" | "fatal" => LogLevel::Error,
        "warn" | "warning" => LogLevel::Warn,
        "info" => LogLevel::Info,
        "debug" | "trace" | "verbose" | "all" => LogLevel::Debug,
        _ => {
            reader.warn(VARIABLE, value, "allowed are none, error, warn, info, debug; using info");
            LogLevel::Info
        }
    }
}
