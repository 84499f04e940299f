//! What `ret` and `err(..)` look at: the `Ok` value and the error of a `Result`, or the returned value itself.

use super::ResultLike;
use core::ops::Deref;

/// A borrowed return value: a `Result`, if it has the methods.
#[derive(Debug)]
pub struct Value<'a, R>(Itself<'a, R>);

/// The same, as any other type.
#[derive(Debug)]
pub struct Itself<'a, R>(&'a R);

impl<'a, R> Value<'a, R> {
    /// Borrows what the function returned.
    pub const fn new(out: &'a R) -> Self {
        Self(Itself(out))
    }
}

impl<'a, R> Deref for Value<'a, R> {
    type Target = Itself<'a, R>;
    fn deref(&self) -> &Itself<'a, R> {
        &self.0
    }
}

impl<'a, T, E> Value<'a, Result<T, E>> {
    /// `ret`: the `Ok` value.
    pub fn ok_value(&self) -> Option<&'a T> {
        self.0.0.as_ref().ok()
    }
}

impl<'a, R> Itself<'a, R> {
    /// `ret`: the value itself.
    #[allow(clippy::unnecessary_wraps)] // as the method of a `Result` has it
    pub fn ok_value(&self) -> Option<&'a R> {
        Some(self.0)
    }

    /// `err(key = value)`: the error, of a type that says what its error is.
    pub fn err_value<E>(&self) -> Option<&'a E>
    where
        R: ResultLike<Error = E>,
    {
        self.0.error()
    }
}
