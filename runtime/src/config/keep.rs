//! In: what the user calls interesting. Out: [`Keep`], the rule by which spans that the sampler dropped are exported all the same.

use std::time::Duration;

use crate::error::InitError;

/// Which spans are exported although the sampler dropped their trace.
///
/// The spans of an unsampled trace are held in this process until its local root ends; if one of them matches, those of this process
/// are exported, else they are forgotten. Other processes of the same trace decide for themselves.
///
/// ```
/// use std::time::Duration;
/// use traced::Keep;
///
/// let keep = Keep::errors().or_slower_than(Duration::from_millis(500));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    pub(crate) errors: bool,
    pub(crate) slower_than: Option<Duration>,
    pub(crate) budget: usize,
    pub(crate) budget_bytes: usize,
}

impl Keep {
    /// Keeps traces in which a span ended with status Error.
    pub fn errors() -> Self {
        Self { errors: true, ..Self::NOTHING }
    }

    /// Keeps traces in which a local root took longer than this.
    pub fn slower_than(duration: Duration) -> Self {
        Self { slower_than: Some(duration), ..Self::NOTHING }
    }

    /// Also keeps traces in which a span ended with status Error.
    #[must_use]
    pub fn or_errors(self) -> Self {
        Self { errors: true, ..self }
    }

    /// Also keeps traces whose local root took longer than this.
    #[must_use]
    pub fn or_slower_than(self, duration: Duration) -> Self {
        Self { slower_than: Some(duration), ..self }
    }

    /// Holds at most this many undecided spans, at least 1; the oldest traces are forgotten first. Default 10 000.
    #[must_use]
    pub fn budget(self, spans: usize) -> Self {
        Self { budget: spans, ..self }
    }

    /// Holds at most about this many bytes of undecided spans, at least 1, whatever their number; the oldest traces are forgotten first.
    /// Default 32 MiB.
    #[must_use]
    pub fn budget_bytes(self, bytes: usize) -> Self {
        Self { budget_bytes: bytes, ..self }
    }

    const NOTHING: Self = Self { errors: false, slower_than: None, budget: 10_000, budget_bytes: 32 << 20 };

    pub(crate) fn checked(self) -> Result<Self, InitError> {
        if self.budget == 0 {
            return Err(InitError::setting("Keep::budget", 0, "allowed is 1 or more; leave `.budget()` out for 10000"));
        }
        if self.budget_bytes == 0 {
            return Err(InitError::setting("Keep::budget_bytes", 0, "allowed is 1 or more; leave `.budget_bytes()` out for 33554432"));
        }
        Ok(self)
    }
}
