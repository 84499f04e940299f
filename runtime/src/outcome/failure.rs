//! An error as a span shows it: type, message and the chain of its sources.
//! In: any error, as `dyn Error` or only as text. Out: the strings of the `exception` event.

use super::Outcome;
use crate::span::Panic;
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
        let message = error.to_string();
        let stacktrace = error.source().map(|source| Stacktrace::Text(chain(kind, &message, source)));
        Self { kind: Cow::Borrowed(kind), message: message.into(), stacktrace }
    }

    pub(crate) fn of_text(kind: &'static str, message: String) -> Self {
        Self { kind: Cow::Borrowed(kind), message: message.into(), stacktrace: None }
    }

    /// `anyhow` and `eyre` print the backtrace they carry at the end of their `Debug` text, and give it in no other way that needs
    /// neither of them as a dependency.
    pub(crate) fn with_backtrace_of(mut self, debug: &dyn fmt::Debug) -> Self {
        const HEADING: &str = "Stack backtrace:\n";
        let text = format!("{debug:?}");
        if let Some(start) = text.find(HEADING) {
            let chain = self.stacktrace.take().map_or_else(|| format!("{}: {}", self.kind, self.message), |chain| chain.to_string());
            self.stacktrace = Some(Stacktrace::Text(format!("{chain}\n{}", &text[start + HEADING.len()..])));
        }
        self
    }

    pub(crate) fn of_outcome(outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Ok => None,
            Outcome::Error { kind, message } => Some(Self { kind, message, stacktrace: None }),
        }
    }
}

/// `Type: message`, then a line for each source.
fn chain(kind: &str, message: &str, first: &(dyn Error + 'static)) -> String {
    let mut text = format!("{kind}: {message}");
    let mut next = Some(first);
    while let Some(source) = next {
        let _ = write!(text, "\ncaused by: {source}");
        next = source.source();
    }
    text
}
