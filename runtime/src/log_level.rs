//! In: lines about `traced` itself. Out: the same on stderr, unless the configured level is below theirs.

use std::fmt;
use std::io::Write;

/// How much is said on stderr; a line is written if its own level is not above this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LogLevel {
    None,
    Error,
    Warn,
    #[default]
    Info,
    Debug,
}

impl LogLevel {
    pub(crate) fn allows(self, line: Self) -> bool {
        line != Self::None && line <= self
    }

    /// Writes `traced: <message>` if `line` is within this level. A closed stderr is not an error.
    pub(crate) fn say(self, line: Self, message: impl fmt::Display) {
        if self.allows(line) {
            let text = format!("traced: {message}\n");
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
    }
}
