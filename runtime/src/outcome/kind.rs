//! The compiler's choice of what a returned value means: `(&&&&&&&&Returned::new(&out)).kind()` takes the first of the traits below
//! whose impl fits the type, one `&` a step. Futures in a box are followed to what they yield, by the same choice.

pub use super::finish::Kind;
use super::{Failure, IntoOutcome, ResultLike};
use crate::span::in_future;
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
pub struct Fallible<R>(fn(&R) -> Option<Failure>);

impl<R> Kind<R> for Fallible<R> {
    #[inline]
    fn failure(&self, out: &R, _: bool) -> Option<Failure> {
        (self.0)(out)
    }
}

/// `Option`: an error only with `none = error`.
#[derive(Debug)]
pub struct Optional;

impl<T> Kind<Option<T>> for Optional {
    fn failure(&self, out: &Option<T>, none_is_error: bool) -> Option<Failure> {
        (none_is_error && out.is_none()).then(|| Failure::of_text("None", "returned None".to_owned()))
    }
}

/// A type that says nothing about success.
#[derive(Debug)]
pub struct Plain;

impl<R> Kind<R> for Plain {
    #[inline]
    fn failure(&self, _: &R, _: bool) -> Option<Failure> {
        None
    }
}

/// A boxed future, and the kind of what it yields.
#[derive(Debug)]
pub struct Boxed<K>(K);

macro_rules! boxed {
    ($($($auto:ident)+),*) => {
        $(impl<'f, T: 'f, K: Kind<T> + $($auto +)+ 'f> Kind<Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>>> for Boxed<K> {
            fn failure(&self, _: &Pin<Box<dyn Future<Output = T> $(+ $auto)+ + 'f>>, _: bool) -> Option<Failure> {
                None
            }
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
    fn failure(&self, _: &Pin<Box<dyn Future<Output = T> + 'f>>, _: bool) -> Option<Failure> {
        None
    }
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

fn describe<T, E>(out: &Result<T, E>, failure: impl FnOnce(&E, &'static str) -> Failure) -> Option<Failure> {
    out.as_ref().err().map(|error| failure(error, type_name::<E>()))
}

steps! {
    /// First: a result type of the user's own, and an error that is a `std::error::Error`.
    ViaError: (&&&&&&&) {
        [R: IntoOutcome] R => Fallible<R> = Fallible(|out| Failure::of_outcome(out.into_outcome()));
        [T, E: Error] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |error, kind| Failure::of_error(kind, error)));
    }
    /// An error that holds one: `anyhow`, `eyre`, `Box<dyn Error + Send + Sync>`.
    ViaSyncReport: (&&&&&&) {
        [T, E: AsRef<dyn Error + Send + Sync + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |error, kind| Failure::of_error(kind, error.as_ref()).with_backtrace_of(error)));
    }
    /// An error that holds one: `Box<dyn Error>`.
    ViaReport: (&&&&&) {
        [T, E: AsRef<dyn Error + 'static> + Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |error, kind| Failure::of_error(kind, error.as_ref()).with_backtrace_of(error)));
    }
    /// An error with a text.
    ViaText: (&&&&) {
        [T, E: Display] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |error, kind| Failure::of_text(kind, error.to_string())));
    }
    /// An error with only a `Debug` text.
    ViaDebugText: (&&&) {
        [T, E: Debug] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |error, kind| Failure::of_text(kind, format!("{error:?}"))));
    }
    /// An error that says nothing, and `Option`.
    ViaOpaque: (&&) {
        [T, E] Result<T, E> => Fallible<Result<T, E>> = Fallible(|out| describe(out, |_, kind| Failure::of_text(kind, String::new())));
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
