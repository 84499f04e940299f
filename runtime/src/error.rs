//! In: a setting that cannot work. Out: [`InitError`], whose text names the setting, its value, what is allowed and what to write.

use std::fmt;

/// Why tracing could not be started.
///
/// The text is meant to be read by the person who starts the program: it names the setting (a builder method or a variable), the
/// value found, what is allowed, and an example that works.
#[derive(Debug)]
#[non_exhaustive]
pub enum InitError {
    /// `install` (or `init`) was called a second time in this process.
    AlreadyInstalled,
    /// Tracing was started in the process that this one was forked off.
    Forked,
    /// A setting has a value that cannot be used.
    #[non_exhaustive]
    Setting {
        /// The builder method, field or environment variable.
        setting: String,
        /// The value found.
        value: String,
        /// What is allowed, with an example.
        allowed: String,
    },
    /// An exporter could not be opened.
    #[non_exhaustive]
    Open {
        /// Where it would have sent spans.
        destination: String,
        /// Why not.
        cause: String,
    },
    /// The operating system refused the export thread.
    #[non_exhaustive]
    Thread {
        /// Its reason.
        source: std::io::Error,
    },
}

impl InitError {
    pub(crate) fn setting(setting: impl Into<String>, value: impl fmt::Display, allowed: impl Into<String>) -> Self {
        Self::Setting { setting: setting.into(), value: value.to_string(), allowed: allowed.into() }
    }

    pub(crate) fn open(destination: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self::Open { destination: destination.into(), cause: cause.to_string() }
    }
}

impl fmt::Display for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyInstalled => f.write_str(
                "tracing is already installed in this process; call `traced::init` or `install` once, at the start of `main`, and keep its guard",
            ),
            Self::Forked => f.write_str(
                "tracing was started before this process was forked off, and what it needs stayed behind; fork first, then call `traced::init`",
            ),
            Self::Setting { setting, value, allowed } => write!(f, "{setting} is `{}`; {allowed}", value.escape_debug()),
            Self::Open { destination, cause } => write!(f, "the exporter to {destination} cannot be opened: {cause}"),
            Self::Thread { source } => write!(f, "the export thread cannot be started: {source}"),
        }
    }
}

impl std::error::Error for InitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Thread { source } => Some(source),
            _ => None,
        }
    }
}
