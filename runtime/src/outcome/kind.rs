//! The compiler's choice of what a returned value means: `of(&out).traced_kind()` walks down the types below, one `Deref` a step, to the
//! first that has the method for what was returned. Methods of the types themselves: no trait has to be in scope, and none of the user's
//! can come in between. Futures in a box are followed to what they yield, by the same choice.

use super::failure::{write_error, write_outcome};
use super::{Finish, IntoOutcome, Kind};
use crate::span::{Attributes, in_future};
use core::any::type_name;
use core::fmt::{Debug, Display};
use core::future::Future;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use std::error::Error;

/// The type of what a function returned, to be asked what it means.
#[inline]
pub const fn of<R>(_: &R) -> Returned<R> {
    Returned(PhantomData)
}

/// The same for an error type that mentions a type parameter of the function: whether that is a `std::error::Error` cannot be asked.
#[inline]
pub const fn of_generic<R>(_: &R) -> WithText<R> {
    WithText(PhantomData)
}

/// A type whose value can be an error: described by a function, so that one instance a type is compiled.
#[derive(Debug)]
pub struct Fallible<R>(fn(&R, &mut Attributes));

impl<R> Kind<R> for Fallible<R> {
    #[inline]
    fn describe(&self, out: &R, _: bool, to: &mut Attributes) {
        (self.0)(out, to);
    }
}

/// `Option`: an error only with `none = error`.
#[derive(Debug)]
pub struct Optional;

impl<T> Kind<Option<T>> for Optional {
    fn describe(&self, out: &Option<T>, none_is_error: bool, to: &mut Attributes) {
        if none_is_error && out.is_none() {
            to.failure("None", format_args!("returned None"), "");
        }
    }
}

/// A type that says nothing about success.
#[derive(Debug)]
pub struct Plain;

impl<R> Kind<R> for Plain {
    #[inline]
    fn describe(&self, _: &R, _: bool, _: &mut Attributes) {}
}

/// A boxed future, and the kind of what it yields.
#[derive(Debug)]
pub struct Boxed<K>(K);

macro_rules! boxed {
    ($(($($auto:ident)*))*) => {
        $(impl<'f, T: 'f, K: Kind<T> $(+ $auto)* + 'f> Kind<Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>> for Boxed<K> {
            fn describe(&self, _: &Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>, _: bool, _: &mut Attributes) {}
            fn finish<S: Finish>(self, span: S, out: Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>) -> Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>> {
                match span.deferred() {
                    Some(span) => Box::pin(in_future(span, out, move |span, out| self.0.finish(span, out))),
                    None => out,
                }
            }
        })*
    };
}

boxed!(() (Send) (Send Sync));

/// The steps of the choice, first to last: the types that end it there, each for itself and for a boxed future that yields it.
macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $step:ident $(else $next:ident)? {
        $([$($generics:tt)*] $type:ty => $kind:ty = $make:expr;)*
    })*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $step<R>(PhantomData<fn() -> R>);
            $(impl<R> Deref for $step<R> {
                type Target = $next<R>;
                #[inline]
                fn deref(&self) -> &$next<R> {
                    &$next(PhantomData)
                }
            })?
            $(
                steps!(@one $step [$($generics)*] [$type] => [$kind] = [$make]);
                steps!(@one $step ['f, $($generics)*] [Pin<Box<dyn Future<Output = $type> + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
                steps!(@one $step ['f, $($generics)*] [Pin<Box<dyn Future<Output = $type> + Send + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
                steps!(@one $step ['f, $($generics)*] [Pin<Box<dyn Future<Output = $type> + Send + Sync + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
            )*
        )*
    };
    (@one $step:ident [$($generics:tt)*] [$type:ty] => [$kind:ty] = [$make:expr]) => {
        impl<$($generics)*> $step<$type> {
            /// What the span does with the value.
            #[inline]
            pub const fn traced_kind(&self) -> $kind {
                $make
            }
        }
    };
}

/// Writes the error, if it is one.
fn fail<T, E>(out: &Result<T, E>, to: &mut Attributes, write: impl FnOnce(&mut Attributes, &'static str, &E)) {
    if let Err(error) = out {
        write(to, type_name::<E>(), error);
    }
}

steps! {
    /// First: a result type of the user's own, and an error that is a `std::error::Error`.
    Returned else WithSyncReport {
        [R: IntoOutcome] R => Fallible<R> = Fallible(|out, to| write_outcome(to, out.into_outcome()));
        [T, E: Error] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error, None)));
    }
    /// An error that holds one: `anyhow`, `eyre`, `Box<dyn Error + Send + Sync>`.
    WithSyncReport else WithReport {
        [T, E: AsRef<dyn Error + Send + Sync + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error))));
    }
    /// An error that holds one: `Box<dyn Error>`.
    WithReport else WithText {
        [T, E: AsRef<dyn Error + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error))));
    }
    /// An error with a text.
    WithText else WithDebugText {
        [T, E: Display] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error}"), "")));
    }
    /// An error with only a `Debug` text.
    WithDebugText else Opaque {
        [T, E: Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error:?}"), "")));
    }
    /// An error that says nothing, and `Option`.
    Opaque else BoxedFuture {
        [T, E] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, _| to.failure(kind, format_args!(""), "")));
        [T] Option<T> => Optional = Optional;
    }
    /// A boxed future that yields anything else.
    BoxedFuture else Anything {}
    /// Last: anything else.
    Anything {}
}

steps!(@one BoxedFuture ['f, T] [Pin<Box<dyn Future<Output = T> + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);
steps!(@one BoxedFuture ['f, T] [Pin<Box<dyn Future<Output = T> + Send + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);
steps!(@one BoxedFuture ['f, T] [Pin<Box<dyn Future<Output = T> + Send + Sync + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);
steps!(@one Anything [R] [R] => [Plain] = [Plain]);
