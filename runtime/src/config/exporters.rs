//! In: the builder's exporters, or `OTEL_TRACES_EXPORTER`, or whether an OTLP endpoint is set. Out: one [`Opener`] each. Warns of
//! exporters it does not have.

use super::environment::Reader;
use crate::error::InitError;
use crate::export::console::Look;
use crate::export::{Exporter, Kind, Opener};

const VARIABLE: &str = "OTEL_TRACES_EXPORTER";
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// An empty result means that spans are recorded and go nowhere: `OTEL_TRACES_EXPORTER=none`.
pub(crate) fn resolve(built: Vec<Exporter>, reader: &mut Reader<'_>) -> Result<Vec<Opener>, InitError> {
    let chosen = match built {
        built if !built.is_empty() => built,
        _ => from_environment(reader).unwrap_or_else(|| vec![by_endpoint(reader)]),
    };
    chosen.into_iter().map(|exporter| open(exporter, reader)).collect()
}

#[cfg_attr(not(feature = "otlp"), allow(clippy::unnecessary_wraps))] // only OTLP can be refused
fn open(exporter: Exporter, reader: &mut Reader<'_>) -> Result<Opener, InitError> {
    match exporter.0 {
        #[cfg(feature = "otlp")]
        Kind::Otlp(target) => super::otlp::resolve(target, reader).map(crate::export::otlp::opener),
        Kind::Console => Ok(crate::export::console::opener(look(reader))),
        Kind::Memory(memory) => Ok(memory.opener()),
        Kind::File(path) => Ok(crate::export::file::opener(path)),
        Kind::Custom(custom) => Ok(custom.opener()),
    }
}

/// `None` if the variable is unset or names nothing usable.
fn from_environment(reader: &mut Reader<'_>) -> Option<Vec<Exporter>> {
    let list = reader.text(VARIABLE)?;
    let mut chosen = Vec::new();
    let mut none = false;
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name.to_ascii_lowercase().as_str() {
            "none" => none = true,
            "console" | "logging" => chosen.push(Exporter::console()),
            #[cfg(feature = "otlp")]
            "otlp" => chosen.push(Exporter::otlp()),
            #[cfg(not(feature = "otlp"))]
            "otlp" => reader.warn(VARIABLE, name, "`traced` was built without its feature `otlp`"),
            _ => reader.warn(VARIABLE, name, "not available, left out; available are otlp, console, none"),
        }
    }
    if none && !chosen.is_empty() {
        reader.warn(VARIABLE, list, "`none` beside other exporters has no effect");
    }
    (none || !chosen.is_empty()).then_some(chosen)
}

#[cfg(feature = "otlp")]
fn by_endpoint(reader: &mut Reader<'_>) -> Exporter {
    if reader.first(&ENDPOINTS).is_some() { Exporter::otlp() } else { Exporter::console() }
}

#[cfg(not(feature = "otlp"))]
fn by_endpoint(reader: &mut Reader<'_>) -> Exporter {
    if let Some((variable, value)) = reader.first(&ENDPOINTS) {
        reader.warn(variable, value, "`traced` was built without its feature `otlp`; using the console");
    }
    Exporter::console()
}

/// What the environment says about stderr; whether it is a terminal is asked when it is opened.
fn look(reader: &mut Reader<'_>) -> Look {
    let ascii = reader.text("OTEL_TRACED_ASCII").map(|value| !matches!(value, "0" | "false"));
    let locale = reader.first(&["LC_ALL", "LC_CTYPE", "LANG"]).map(|(_, value)| value.to_ascii_lowercase());
    // An unset locale is the rule in containers, whose output ends up on a UTF-8 terminal all the same.
    let foreign = locale.is_some_and(|locale| !locale.contains("utf-8") && !locale.contains("utf8"));
    Look {
        ascii: ascii.unwrap_or(foreign),
        plain: reader.text("NO_COLOR").is_some() || reader.text("TERM") == Some("dumb"),
        columns: reader.text("COLUMNS").and_then(|columns| columns.parse().ok()),
    }
}
