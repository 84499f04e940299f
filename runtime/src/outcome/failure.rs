//! An error as a span shows it: type, message and the chain of its sources.
//! In: any error, as `dyn Error` or only as text. Out: the strings of the `exception` event.

use super::Outcome;
use crate::span::{Attributes, Panic};
use core::fmt::{self, Write as _};
use std::borrow::Cow;
use std::error::Error;
use std::sync::Arc;

/// The error to record on a span.
#[derive(Debug, Clone)]
pub struct Failure {
    /// `error.type` and `exception.type`.
    pub(crate) kind: Cow<'static, str>,
    /// `exception.message` and the status description.
    pub(crate) message: Cow<'static, str>,
    /// `exception.stacktrace`: the chain of sources and the backtrace, where there are any.
    pub(crate) stacktrace: Option<Stacktrace>,
}

/// The text of `exception.stacktrace`, or what it is made from where there is time for it.
#[derive(Debug, Clone)]
pub(crate) enum Stacktrace {
    Text(String),
    Panic(Arc<Panic>),
}

impl fmt::Display for Stacktrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Panic(panic) => write!(f, "{panic}"),
        }
    }
}

impl Failure {
    pub(crate) fn of_error(kind: &'static str, error: &(dyn Error + '_)) -> Self {
        let stacktrace = Some(stacktrace(kind, error, None)).filter(|text| !text.is_empty());
        Self { kind: Cow::Borrowed(kind), message: text(format_args!("{error}")).into(), stacktrace: stacktrace.map(Stacktrace::Text) }
    }

    pub(crate) fn of_text(kind: &'static str, message: String) -> Self {
        Self { kind: Cow::Borrowed(kind), message: message.into(), stacktrace: None }
    }
}

/// Writes an error; `report` is the type that holds it, if one does.
pub(super) fn write_error(to: &mut Attributes, kind: &'static str, error: &(dyn Error + '_), report: Option<&dyn fmt::Debug>) {
    to.failure(kind, format_args!("{error}"), &stacktrace(kind, error, report));
}

/// Writes what a result type of the user's own says of itself.
pub(super) fn write_outcome(to: &mut Attributes, outcome: Outcome) {
    if let Outcome::Error { kind, message } = outcome {
        match kind {
            Cow::Borrowed(kind) => to.failure(kind, format_args!("{message}"), ""),
            Cow::Owned(kind) => to.failure_of(&kind, format_args!("{message}")),
        }
    }
}

/// The chain of sources and the backtrace; nothing if there is neither.
fn stacktrace(kind: &str, error: &(dyn Error + '_), report: Option<&dyn fmt::Debug>) -> String {
    let mut trace = error.source().map(|source| chain(kind, error, source)).unwrap_or_default();
    if let Some(frames) = report.and_then(backtrace) {
        if trace.is_empty() {
            trace = text(format_args!("{kind}: {error}"));
        }
        trace.push('\n');
        trace.push_str(&frames);
    }
    trace
}

/// `anyhow` and `eyre` print the backtrace they carry at the end of their `Debug` text, and give it in no other way that needs neither of
/// them as a dependency.
fn backtrace(report: &dyn fmt::Debug) -> Option<String> {
    const HEADING: &str = "Stack backtrace:\n";
    let report = text(format_args!("{report:?}"));
    report.find(HEADING).map(|start| report[start + HEADING.len()..].to_owned())
}

/// `Type: message`, then a line for each source.
fn chain(kind: &str, error: &(dyn Error + '_), first: &(dyn Error + 'static)) -> String {
    let mut trace = text(format_args!("{kind}: {error}"));
    let mut next = Some(first);
    while let Some(source) = next {
        let _ = write!(trace, "\ncaused by: {source}");
        next = source.source();
    }
    trace
}

/// What was written until a formatter failed, if one does; `format!` would panic.
fn text(written: fmt::Arguments<'_>) -> String {
    let mut text = String::new();
    let _ = text.write_fmt(written);
    text
}
