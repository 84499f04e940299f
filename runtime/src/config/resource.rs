//! In: builder, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, the process. Out: the resource. A malformed list is discarded whole.
//!
//! From weak to strong: defaults, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`, `.resource(…)`, `.service_name(…)`. Attribute names are
//! those of the semantic conventions, resource/service, resource/telemetry and resource/process.

use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::{ResourceDetector, TelemetryResourceDetector};
use percent_encoding::percent_decode_str;

use super::environment::Reader;

const SERVICE_NAME: &str = "service.name";
const VARIABLE: &str = "OTEL_RESOURCE_ATTRIBUTES";

/// What the builder says about the resource.
#[derive(Clone, Debug, Default)]
pub(crate) struct Described {
    pub(crate) default_service_name: Option<String>,
    pub(crate) service_name: Option<String>,
    pub(crate) service_version: Option<String>,
    pub(crate) attributes: Vec<KeyValue>,
}

pub(crate) fn resolve(described: Described, reader: &mut Reader<'_>) -> Resource {
    let built = [("service.version", described.service_version), (SERVICE_NAME, described.service_name)];
    let default_name = described.default_service_name.unwrap_or_else(|| format!("unknown_service:{}", reader.environment.executable));
    let listed = from_environment(reader);
    let named = reader.text("OTEL_SERVICE_NAME").map(|name| KeyValue::new(SERVICE_NAME, name.to_owned()));
    Resource::builder_empty()
        .with_detector(Box::new(TelemetryResourceDetector) as Box<dyn ResourceDetector>)
        .with_attributes([
            KeyValue::new("telemetry.distro.name", "traced"),
            KeyValue::new("telemetry.distro.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("service.instance.id", uuid_v4(reader.environment.instance)),
            KeyValue::new("process.pid", i64::from(reader.environment.process_id)),
            KeyValue::new(SERVICE_NAME, default_name),
        ])
        .with_attributes(listed)
        .with_attributes(named)
        .with_attributes(described.attributes)
        .with_attributes(built.into_iter().filter_map(|(key, value)| Some(KeyValue::new(key, value?))))
        .build()
}

/// The name under which the resource's service runs.
pub(crate) fn service_name(resource: &Resource) -> String {
    resource.get_ref(&SERVICE_NAME.into()).map(Value::to_string).unwrap_or_default()
}

fn from_environment(reader: &mut Reader<'_>) -> Vec<KeyValue> {
    let Some(list) = reader.text(VARIABLE) else { return Vec::new() };
    match list.split(',').filter(|member| !member.trim().is_empty()).map(attribute).collect() {
        Ok(attributes) => attributes,
        Err(reason) => {
            reader.warn(VARIABLE, list, format!("{reason}; the whole list is ignored, write key=value,key=value with %2C for a comma"));
            Vec::new()
        }
    }
}

fn attribute(member: &str) -> Result<KeyValue, String> {
    let (key, value) = member.split_once('=').ok_or_else(|| format!("`{}` has no `=`", member.trim()))?;
    let (key, value) = (decode(key.trim())?, decode(value.trim())?);
    if key.is_empty() {
        return Err(format!("`{}` has no key", member.trim()));
    }
    Ok(KeyValue::new(key, value))
}

fn decode(text: &str) -> Result<String, String> {
    let malformed = text.split('%').skip(1).any(|rest| {
        let digits = rest.as_bytes().get(..2);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if malformed {
        return Err(format!("`{text}` has a `%` without two hexadecimal digits"));
    }
    let decoded = percent_decode_str(text).decode_utf8().map_err(|_| format!("`{text}` does not decode to UTF-8"))?;
    Ok(decoded.into_owned())
}

fn uuid_v4(mut bytes: [u8; 16]) -> String {
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
