//! The compiler's choice of what a returned value means: `of(&out).traced_shape().traced_kind()`. First by the type's shape - a `Result`,
//! an `Option`, anything else -, then by what the error or the type can do, one `Deref` a step, to the first that has the method. Methods of
//! the types themselves: no trait has to be in scope, and none of the user's can come in between. Each question has few candidates, because
//! the compiler tries all of them for each function. Where the returned type may be an alias of a boxed future, [`when`](super::when) is
//! asked first, and its answer stands in the place of `of(&out)`.

#![allow(clippy::unused_self)] // found as methods

use super::failure::{write_error, write_outcome};
use super::when::{Now, When};
use super::{IntoOutcome, Kind};
use crate::span::Attributes;
use core::any::type_name;
use core::fmt::{Debug, Display};
use core::marker::PhantomData;
use core::ops::Deref;
use std::error::Error;

/// `Option`: an error only with `none = error`.
#[derive(Debug, Clone, Copy)]
pub struct Optional;

impl<T> Kind<Option<T>> for Optional {
    fn describe(&self, out: &Option<T>, none_is_error: bool, to: &mut Attributes) {
        if none_is_error && out.is_none() {
            to.failure("None", format_args!("returned None"), "");
        }
    }
}

/// A type that says nothing about success.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl<R> Kind<R> for Plain {
    #[inline]
    fn describe(&self, _: &R, _: bool, _: &mut Attributes) {}
}

/// The type of what a function returned, to be asked what it means.
#[inline]
pub const fn of<R>(_: &R) -> Returned<R, Now> {
    Returned(PhantomData)
}

/// The same for an error type that mentions a type parameter of the function: whether that is a `std::error::Error` cannot be asked.
#[inline]
pub const fn of_generic<R>(_: &R) -> ReturnedGeneric<R, Now> {
    ReturnedGeneric(PhantomData)
}

/// Types to be asked.
macro_rules! types {
    ($($(#[doc = $doc:literal])+ $step:ident<$($parameter:ident),+>;)*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $step<$($parameter),+>(pub(super) PhantomData<fn() -> ($($parameter,)+)>);
        )*
    };
}

types! {
    /// What is returned: a `Result`, an `Option`.
    Returned<R, W>;
    /// The same, with an error type that mentions a type parameter.
    ReturnedGeneric<R, W>;
    /// Any other type: one with an outcome of its own.
    Other<R, W>;
    /// A type that says nothing about success.
    Anything<W>;
    /// An `Option`.
    Optionally<W>;
    /// A `Result` with an error that is a `std::error::Error`.
    WithError<T, E, W>;
    /// With an error that holds one: `anyhow`, `eyre`, `Box<dyn Error + Send + Sync>`.
    WithSyncReport<T, E, W>;
    /// With an error that holds one: `Box<dyn Error>`.
    WithReport<T, E, W>;
    /// With an error with a text.
    WithText<T, E, W>;
    /// With an error with only a `Debug` text.
    WithDebugText<T, E, W>;
    /// With an error that says nothing.
    Opaque<T, E, W>;
}

/// Which type is asked next where one has no method.
macro_rules! order {
    ($($step:ident<$($parameter:ident),+> > $next:ident<$($argument:ident),+>;)*) => {
        $(impl<$($parameter),+> Deref for $step<$($parameter),+> {
            type Target = $next<$($argument),+>;
            #[inline]
            fn deref(&self) -> &$next<$($argument),+> {
                &$next(PhantomData)
            }
        })*
    };
}

order! {
    Returned<R, W> > Other<R, W>;
    ReturnedGeneric<R, W> > Returned<R, W>;
    Other<R, W> > Anything<W>;
    WithError<T, E, W> > WithSyncReport<T, E, W>;
    WithSyncReport<T, E, W> > WithReport<T, E, W>;
    WithReport<T, E, W> > WithText<T, E, W>;
    WithText<T, E, W> > WithDebugText<T, E, W>;
    WithDebugText<T, E, W> > Opaque<T, E, W>;
}

impl<T, E, W> Returned<Result<T, E>, W> {
    /// The error decides.
    pub const fn traced_shape(&self) -> WithError<T, E, W> {
        WithError(PhantomData)
    }
}

impl<T, E, W> ReturnedGeneric<Result<T, E>, W> {
    /// The error's text decides.
    pub const fn traced_shape(&self) -> WithText<T, E, W> {
        WithText(PhantomData)
    }
}

impl<T, W> Returned<Option<T>, W> {
    /// `none = error` decides.
    pub const fn traced_shape(&self) -> Optionally<W> {
        Optionally(PhantomData)
    }
}

impl<R, W> Other<R, W> {
    /// The type decides.
    pub const fn traced_shape(&self) -> Self {
        Self(PhantomData)
    }
}

/// Writes the error, if it is one.
fn fail<T, E>(out: &Result<T, E>, to: &mut Attributes, write: impl FnOnce(&mut Attributes, &'static str, &E)) {
    if let Err(error) = out {
        write(to, type_name::<E>(), error);
    }
}

/// Kinds of types whose value can be an error: what is asked, of what that is the answer, and how the error is written.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident: [$($generics:tt)*] $step:ty, $returned:ty, |$out:ident, $to:ident| $describe:expr;)*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, Copy)]
            pub struct $kind;

            impl<$($generics)*> Kind<$returned> for $kind {
                fn describe(&self, $out: &$returned, _: bool, $to: &mut Attributes) {
                    $describe;
                }
            }

            impl<$($generics)*, W: When> $step {
                /// What the span does with the value.
                #[inline]
                pub fn traced_kind(&self) -> W::Kind<$kind> {
                    W::kind($kind)
                }
            }
        )*
    };
}

kinds! {
    /// A type with an outcome of its own.
    OwnOutcome: [R: IntoOutcome] Other<R, W>, R,
        |out, to| write_outcome(to, type_name::<R>(), &|| out.into_outcome());
    /// An error with sources.
    AnError: [T, E: Error] WithError<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, error| write_error(to, kind, error, None));
    /// What holds an error, and may be sent with it.
    ASyncReport: [T, E: AsRef<dyn Error + Send + Sync + 'static> + Debug] WithSyncReport<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error)));
    /// What holds an error.
    AReport: [T, E: AsRef<dyn Error + 'static> + Debug] WithReport<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error)));
    /// A text.
    AText: [T, E: Display] WithText<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error}"), ""));
    /// A text for programmers.
    ADebugText: [T, E: Debug] WithDebugText<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error:?}"), ""));
    /// What says nothing.
    Mute: [T, E] Opaque<T, E, W>, Result<T, E>,
        |out, to| fail(out, to, |to, kind, _| to.failure(kind, format_args!(""), ""));
}

impl<W: When> Optionally<W> {
    /// What the span does with the value.
    #[inline]
    pub fn traced_kind(&self) -> W::Kind<Optional> {
        W::kind(Optional)
    }
}

impl<W: When> Anything<W> {
    /// What the span does with the value.
    #[inline]
    pub fn traced_kind(&self) -> W::Kind<Plain> {
        W::kind(Plain)
    }
}
