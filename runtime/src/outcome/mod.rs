//! What became of a call: from the value a function returned to the span's status, by the value's type and not by its spelling.
//! In: the returned value, borrowed. Out: nothing, or the [`Failure`] to record.

mod boxed;
mod failure;
mod finish;
mod kind;
mod value;
mod when;

pub(crate) use failure::{Failure, Stacktrace};
pub use finish::Kind;
pub(crate) use finish::{Finish, ResultLike};
pub(crate) use kind::Plain;
pub use kind::{of, of_generic};
pub use value::Value;
pub use when::{Mode, Returning, ReturningGeneric};

use std::borrow::Cow;

/// A result type of your own: says whether a returned value is an error.
///
/// ```
/// enum Reply { Done, Busy }
///
/// impl traced::IntoOutcome for Reply {
///     fn into_outcome(&self) -> traced::Outcome {
///         match self {
///             Reply::Done => traced::Outcome::Ok,
///             Reply::Busy => traced::Outcome::error("busy", "the queue is full"),
///         }
///     }
/// }
/// ```
pub trait IntoOutcome {
    /// [`Outcome::Ok`], or the error to record on the span.
    #[allow(clippy::wrong_self_convention)] // the value returned stays the user's
    fn into_outcome(&self) -> Outcome;
}

/// How a call ended, as the span shall show it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Not an error. The span's status stays Unset, as the specification says.
    Ok,
    /// An error: status Error with the message, `error.type`, and an `exception` event.
    Error {
        /// `error.type` and `exception.type`: few values, e.g. the type's name or a code.
        kind: Cow<'static, str>,
        /// The status description and `exception.message`.
        message: Cow<'static, str>,
    },
}

impl Outcome {
    /// An error of this type (few values: a type's name, a code) with this message.
    pub fn error(kind: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Error { kind: kind.into(), message: message.into() }
    }
}
