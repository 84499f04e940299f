//! The end of a span whose function returned: the kind of the returned type decides what is recorded, then the span ends.
//! In: the span and the value. Out: the value, unchanged - or, if it is a future, the same future inside its span.

use crate::span::{Attributes, Entered, Span};

/// What a returned type means for the span. The impls are beside it; an expansion only calls the methods.
pub trait Kind<R>: Copy {
    /// Writes the failure that `out` is, if it is one.
    fn describe(&self, out: &R, none_is_error: bool, to: &mut Attributes);

    /// Records the outcome and ends the span.
    #[inline]
    fn finish<S: Finish>(self, mut span: S, out: R) -> R {
        if span.is_recording() {
            let none_is_error = span.none_is_error();
            self.describe(&out, none_is_error, span.attributes());
        }
        span.end();
        out
    }

    /// `err(ignore)`.
    #[inline]
    fn finish_ignoring<S: Finish>(self, span: S, out: R) -> R {
        span.end();
        out
    }

    /// `err(if = predicate)`.
    #[inline]
    fn finish_if<S: Finish>(self, mut span: S, out: R, predicate: impl FnOnce(&R::Error) -> bool) -> R
    where
        R: ResultLike,
    {
        if span.is_recording() && out.error().is_some_and(predicate) {
            self.describe(&out, false, span.attributes());
        }
        span.end();
        out
    }
}

/// `Result`, for the arguments that only make sense on it.
#[diagnostic::on_unimplemented(
    message = "`err(..)` needs a function that returns a `Result`, and this one returns `{Self}`",
    label = "not a `Result`",
    note = "remove `err(..)`, or implement `traced::IntoOutcome` for the returned type"
)]
pub trait ResultLike {
    /// The type of the error.
    type Error;
    /// The error, if it is one.
    fn error(&self) -> Option<&Self::Error>;
}

impl<T, E> ResultLike for Result<T, E> {
    type Error = E;
    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }
}

/// A span that an expansion ends: [`Entered`] or [`Span`].
pub trait Finish: Sized {
    /// Whether anything is recorded.
    fn is_recording(&self) -> bool;
    /// `none = error`.
    fn none_is_error(&self) -> bool;
    /// Where the outcome is written.
    fn attributes(&mut self) -> &mut Attributes;
    /// Ends the span.
    fn end(self);
    /// The span of a function that returns a future: taken out, to be started at the first poll.
    #[doc(hidden)]
    fn deferred(self) -> Option<Span>;
}

macro_rules! finish {
    ($($span:ty, $deferred:expr;)*) => {
        $(impl Finish for $span {
            #[inline]
            fn is_recording(&self) -> bool {
                <$span>::is_recording(self)
            }
            fn none_is_error(&self) -> bool {
                <$span>::none_is_error(self)
            }
            #[inline]
            fn attributes(&mut self) -> &mut Attributes {
                <$span>::attributes(self)
            }
            #[inline]
            fn end(self) {
                <$span>::end(self);
            }
            fn deferred(self) -> Option<Span> {
                $deferred(self)
            }
        })*
    };
}

finish!(Entered, Entered::into_deferred; Span, |_| None;);
