//! The compiler's choice of what a returned value means: `(&&&&&&&&Returned::new(&out)).kind()` takes the first of the traits below
//! whose impl fits the type, one `&` a step. Futures in a box are followed to what they yield, by the same choice.

use super::failure::{write_error, write_outcome};
pub use super::finish::Kind;
use super::{IntoOutcome, ResultLike};
use crate::span::{Attributes, in_future};
use core::any::type_name;
use core::fmt::{Debug, Display};
use core::future::Future;
use core::pin::Pin;
use std::error::Error;

/// A borrowed return value, to be asked what it means.
#[derive(Debug)]
pub struct Returned<'a, R>(&'a R);

impl<'a, R> Returned<'a, R> {
    /// Borrows what the function returned.
    pub fn new(out: &'a R) -> Self {
        Self(out)
    }
}

impl<'a, T, E> Returned<'a, Result<T, E>> {
    /// `ret`: the `Ok` value.
    pub fn ok_value(&self) -> Option<&'a T> {
        self.0.as_ref().ok()
    }

    /// `err(key = value)`: the error.
    pub fn err_value(&self) -> Option<&'a E> {
        self.0.as_ref().err()
    }
}

/// `ret` and `err` for every type that is not a `Result`.
pub trait ViaSelf<'a, R> {
    /// `ret`: the value itself.
    fn ok_value(&self) -> Option<&'a R>;
    /// `err(key = value)`: a compile error.
    fn err_value(&self) -> Option<&'a R::Error>
    where
        R: ResultLike;
}

impl<'a, R> ViaSelf<'a, R> for Returned<'a, R> {
    fn ok_value(&self) -> Option<&'a R> {
        Some(self.0)
    }
    fn err_value(&self) -> Option<&'a R::Error>
    where
        R: ResultLike,
    {
        self.0.error()
    }
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
    ($($($auto:ident)+),*) => {
        $(impl<'f, T: 'f, K: Kind<T> + $($auto +)+ 'f> Kind<Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>>> for Boxed<K> {
            fn describe(&self, _: &Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>>, _: bool, _: &mut Attributes) {}
            fn finish<S: super::Finish>(self, span: S, out: Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>>) -> Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>> {
                match span.deferred() {
                    Some(span) => Box::pin(in_future(span, out, move |span, out| self.0.finish(span, out))),
                    None => out,
                }
            }
        })*
    };
}

boxed!(Send, Send Sync);

impl<'f, T: 'f, K: Kind<T> + 'f> Kind<Pin<Box<dyn Future<Output = T> + 'f>>> for Boxed<K> {
    fn describe(&self, _: &Pin<Box<dyn Future<Output = T> + 'f>>, _: bool, _: &mut Attributes) {}
    fn finish<S: super::Finish>(self, span: S, out: Pin<Box<dyn Future<Output = T> + 'f>>) -> Pin<Box<dyn Future<Output = T> + 'f>> {
        match span.deferred() {
            Some(span) => Box::pin(in_future(span, out, move |span, out| self.0.finish(span, out))),
            None => out,
        }
    }
}

/// One step of the choice: for the type itself, and for a boxed future that yields it.
macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $step:ident: $depth:tt {
        $([$($generics:tt)*] $type:ty => $kind:ty = $make:expr;)*
    })*) => {
        $(
            $(#[doc = $doc])+
            pub trait $step {
                /// What the span does with the value.
                type Kind;
                /// The kind of the value.
                fn kind(&self) -> Self::Kind;
            }
            $(
                steps!(@one $step $depth [$($generics)*] [$type] => [$kind] = [$make]);
                steps!(@one $step $depth [$($generics)*] [Pin<Box<dyn Future<Output = $type> + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
                steps!(@one $step $depth [$($generics)*] [Pin<Box<dyn Future<Output = $type> + Send + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
                steps!(@one $step $depth [$($generics)*] [Pin<Box<dyn Future<Output = $type> + Send + Sync + 'f>>] => [Boxed<$kind>] = [Boxed($make)]);
            )*
        )*
    };
    (@one $step:ident ($($depth:tt)*) [$($generics:tt)*] [$type:ty] => [$kind:ty] = [$make:expr]) => {
        impl<'f, $($generics)*> $step for $($depth)* Returned<'f, $type> {
            type Kind = $kind;
            #[inline]
            fn kind(&self) -> Self::Kind {
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
    ViaError: (&&&&&&&) {
        [R: IntoOutcome] R => Fallible<R> = Fallible(|out, to| write_outcome(to, out.into_outcome()));
        [T, E: Error] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error, None)));
    }
    /// An error that holds one: `anyhow`, `eyre`, `Box<dyn Error + Send + Sync>`.
    ViaSyncReport: (&&&&&&) {
        [T, E: AsRef<dyn Error + Send + Sync + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error))));
    }
    /// An error that holds one: `Box<dyn Error>`.
    ViaReport: (&&&&&) {
        [T, E: AsRef<dyn Error + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| write_error(to, kind, error.as_ref(), Some(error))));
    }
    /// An error with a text.
    ViaText: (&&&&) {
        [T, E: Display] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error}"), "")));
    }
    /// An error with only a `Debug` text.
    ViaDebugText: (&&&) {
        [T, E: Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, error| to.failure(kind, format_args!("{error:?}"), "")));
    }
    /// An error that says nothing, and `Option`.
    ViaOpaque: (&&) {
        [T, E] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out, to| fail(out, to, |to, kind, _| to.failure(kind, format_args!(""), "")));
        [T] Option<T> => Optional = Optional;
    }
}

/// A boxed future that yields anything else.
pub trait ViaBoxed {
    /// What the span does with the value.
    type Kind;
    /// The kind of the value.
    fn kind(&self) -> Self::Kind;
}

steps!(@one ViaBoxed (&) [T] [Pin<Box<dyn Future<Output = T> + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);
steps!(@one ViaBoxed (&) [T] [Pin<Box<dyn Future<Output = T> + Send + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);
steps!(@one ViaBoxed (&) [T] [Pin<Box<dyn Future<Output = T> + Send + Sync + 'f>>] => [Boxed<Plain>] = [Boxed(Plain)]);

/// Last: anything else.
pub trait ViaAnything {
    /// What the span does with the value.
    type Kind;
    /// The kind of the value.
    fn kind(&self) -> Self::Kind;
}

impl<R> ViaAnything for Returned<'_, R> {
    type Kind = Plain;
    #[inline]
    fn kind(&self) -> Plain {
        Plain
    }
}
