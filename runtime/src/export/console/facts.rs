//! In: one span. Out: what its line says of it: name with outcome, systems and attributes worth a look, the error, events and links.
//!
//! Names are those of the semantic conventions; what they already say in the span's name, kind or error is not repeated.

use opentelemetry::trace::{Event, SpanKind, Status};
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::trace::SpanData;

use super::text::Signs;

/// Namespaces of the conventions that say where and how rather than what.
const HIDDEN: [&str; 13] = [
    "code.",
    "thread.",
    "exception.",
    "error.",
    "http.",
    "url.",
    "server.",
    "client.",
    "network.",
    "user_agent.",
    "rpc.",
    "db.",
    "messaging.",
];

/// Lines of an error's chain shown.
const MAX_CHAIN: usize = 8;

pub(crate) fn get<'a>(attributes: &'a [KeyValue], key: &str) -> Option<&'a Value> {
    attributes.iter().find(|attribute| attribute.key.as_str() == key).map(|attribute| &attribute.value)
}

/// The span's name and, for HTTP and gRPC, the status of the response.
pub(crate) fn name(span: &SpanData, signs: &Signs) -> String {
    let name = signs.clean(&span.name);
    let status = ["http.response.status_code", "rpc.response.status_code"].iter().find_map(|key| get(&span.attributes, key));
    match status {
        Some(status) => format!("{name} {}", signs.value(status)),
        None => name,
    }
}

/// Nothing for INTERNAL, which is the rule.
pub(crate) fn kind(span: &SpanData) -> Option<&'static str> {
    match span.span_kind {
        SpanKind::Internal => None,
        SpanKind::Server => Some("SERVER"),
        SpanKind::Client => Some("CLIENT"),
        SpanKind::Producer => Some("PRODUCER"),
        SpanKind::Consumer => Some("CONSUMER"),
    }
}

/// The system behind a client span by its bare name, then the user's own attributes.
pub(crate) fn details(span: &SpanData, signs: &Signs) -> Vec<String> {
    let system = ["db.system.name", "messaging.system"].iter().find_map(|key| get(&span.attributes, key));
    // Without a route the name is the bare method, which says too little.
    let url = ["url.full", "url.path"].iter().find_map(|key| get(&span.attributes, key));
    let url = url.filter(|_| !span.name.contains(' ') && get(&span.attributes, "http.request.method").is_some());
    let own = span.attributes.iter().filter(|attribute| !HIDDEN.iter().any(|hidden| attribute.key.as_str().starts_with(hidden)));
    system.into_iter().chain(url).map(|value| signs.value(value)).chain(own.map(|attribute| pair(attribute, signs))).collect()
}

pub(crate) fn pair(attribute: &KeyValue, signs: &Signs) -> String {
    format!("{}={}", signs.clean(attribute.key.as_str()), signs.value(&attribute.value))
}

/// Why the span failed, in one line, and the chain of causes beneath it.
pub(crate) struct Failure {
    pub(crate) line: String,
    pub(crate) chain: Vec<String>,
}

pub(crate) fn failure(span: &SpanData, signs: &Signs) -> Option<Failure> {
    let Status::Error { description } = &span.status else { return None };
    let exception = exception(span).map(|event| event.attributes.as_slice()).unwrap_or_default();
    let text = |key: &str| get(exception, key).map(Value::to_string);
    let kind = text("exception.type").or_else(|| get(&span.attributes, "error.type").map(Value::to_string));
    let kind = kind.map(|kind| short_type(&kind).to_owned());
    let message = text("exception.message").filter(|message| !message.is_empty()).unwrap_or_else(|| description.to_string());
    let line = match kind {
        Some(kind) if message.is_empty() => kind,
        Some(kind) if !message.starts_with(&kind) => format!("{kind}: {message}"),
        _ => message.clone(),
    };
    let chain = text("exception.stacktrace").map(|trace| causes(&trace, &line, &message, signs)).unwrap_or_default();
    Some(Failure { line: signs.clean(&line), chain })
}

/// Events that get a line of their own: all but the exception that explains the span's status.
pub(crate) fn events(span: &SpanData) -> impl Iterator<Item = &Event> {
    let explained = matches!(span.status, Status::Error { .. }).then(|| exception(span)).flatten();
    span.events.iter().filter(move |event| !explained.is_some_and(|explained| std::ptr::eq(explained, *event)))
}

pub(crate) fn event(event: &Event, signs: &Signs) -> String {
    let mut parts = vec![signs.clean(&event.name)];
    if event.name == "exception" {
        let text = |key| get(&event.attributes, key).map(Value::to_string);
        parts.extend(text("exception.type").map(|kind| signs.clean(short_type(&kind))));
        parts.extend(text("exception.message").map(|message| signs.clean(&message)));
    }
    let own = event.attributes.iter().filter(|attribute| !attribute.key.as_str().starts_with("exception."));
    parts.extend(own.map(|attribute| pair(attribute, signs)));
    parts.join(" ")
}

fn exception(span: &SpanData) -> Option<&Event> {
    span.events.iter().rfind(|event| event.name == "exception")
}

/// `SmtpError` of `mailer::SmtpError`; generic arguments stay as they are.
fn short_type(name: &str) -> &str {
    let end = name.find('<').unwrap_or(name.len());
    let begin = name[..end].rfind("::").map_or(0, |at| at + 2);
    &name[begin..]
}

/// The lines of a stack trace before its backtrace, without the error itself.
fn causes(trace: &str, line: &str, message: &str, signs: &Signs) -> Vec<String> {
    let is_frame = |line: &str| line.split_once(':').is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    let lines = trace.lines().map(str::trim).filter(|line| !line.is_empty());
    let chain = lines.take_while(|line| !line.to_ascii_lowercase().starts_with("stack backtrace") && !is_frame(line));
    chain
        .enumerate()
        .filter(|(at, cause)| *cause != line && !(*at == 0 && cause.ends_with(message)))
        .map(|(_, cause)| cause)
        .take(MAX_CHAIN)
        .map(|cause| signs.clean(cause))
        .collect()
}
