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
}

impl Keep {
    /// Keeps traces in which a span ended with status Error.
    pub fn errors() -> Self {
        Self { errors: true, slower_than: None, budget: Self::DEFAULT_BUDGET }
    }

    /// Keeps traces in which a local root took longer than this.
    pub fn slower_than(duration: Duration) -> Self {
        Self { errors: false, slower_than: Some(duration), budget: Self::DEFAULT_BUDGET }
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

    const DEFAULT_BUDGET: usize = 10_000;

    pub(crate) fn checked(self) -> Result<Self, InitError> {
        if self.budget == 0 {
            let allowed = "allowed is 1 or more; leave `.budget()` out for 10000";
            return Err(InitError::setting("Keep::budget", 0, allowed));
        }
        Ok(self)
    }
}
