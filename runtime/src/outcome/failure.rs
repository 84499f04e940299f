//! An error as a span shows it: type, message and the chain of its sources.
//! In: any error, as `dyn Error` or only as text. Out: the strings of the `exception` event.

use super::Outcome;
use crate::span::{Attributes, Panic, caught, write_caught};
use core::fmt;
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
        let mut message = String::new();
        write_caught(&mut message, format_args!("{error}"));
        let stacktrace = Some(stacktrace(kind, error, None)).filter(|text| !text.is_empty());
        Self { kind: Cow::Borrowed(kind), message: message.into(), stacktrace: stacktrace.map(Stacktrace::Text) }
    }

    pub(crate) fn of_text(kind: &'static str, message: String) -> Self {
        Self { kind: Cow::Borrowed(kind), message: message.into(), stacktrace: None }
    }
}

/// Writes an error; `report` is the type that holds it, if one does.
pub(super) fn write_error(to: &mut Attributes, kind: &'static str, error: &(dyn Error + '_), report: Option<&dyn fmt::Debug>) {
    to.failure(kind, format_args!("{error}"), &stacktrace(kind, error, report));
}

/// Writes what a result type of the user's own says of itself. One that panics instead is an error of that type: it could not say that it
/// is none.
pub(super) fn write_outcome(to: &mut Attributes, of: &'static str, outcome: &dyn Fn() -> Outcome) {
    match caught(outcome) {
        Ok(Outcome::Ok) => {}
        Ok(Outcome::Error { kind: Cow::Borrowed(kind), message }) => to.failure(kind, format_args!("{message}"), ""),
        Ok(Outcome::Error { kind: Cow::Owned(kind), message }) => to.failure_of(&kind, format_args!("{message}")),
        Err(instead) => to.failure(of, format_args!("{instead}"), ""),
    }
}

/// The chain of sources and the backtrace; nothing if there is neither.
fn stacktrace(kind: &str, error: &(dyn Error + '_), report: Option<&dyn fmt::Debug>) -> String {
    let mut text = chain(kind, error);
    if let Some(frames) = report.and_then(backtrace) {
        if text.is_empty() {
            write_head(&mut text, kind, error);
        }
        text.push('\n');
        text.push_str(&frames);
    }
    text
}

/// `anyhow` and `eyre` print the backtrace they carry at the end of their `Debug` text, and give it in no other way that needs neither of
/// them as a dependency.
fn backtrace(report: &dyn fmt::Debug) -> Option<String> {
    const HEADING: &str = "Stack backtrace:\n";
    let mut text = String::new();
    write_caught(&mut text, format_args!("{report:?}"));
    text.find(HEADING).map(|start| text[start + HEADING.len()..].to_owned())
}

/// `Type: message`, then a line for each source; nothing if there is no source.
fn chain(kind: &str, error: &(dyn Error + '_)) -> String {
    let mut text = String::new();
    let mut next = caught(|| error.source()).transpose();
    while let Some(source) = next {
        if text.is_empty() {
            write_head(&mut text, kind, error);
        }
        text.push_str("\ncaused by: ");
        next = match source {
            Ok(source) => {
                write_caught(&mut text, format_args!("{source}"));
                caught(|| source.source()).transpose()
            }
            Err(instead) => {
                text.push_str(&instead);
                None
            }
        };
    }
    text
}

/// `Type: message`.
fn write_head(text: &mut String, kind: &str, error: &(dyn Error + '_)) {
    text.push_str(kind);
    text.push_str(": ");
    write_caught(text, format_args!("{error}"));
}
