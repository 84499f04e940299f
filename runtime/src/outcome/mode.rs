//! Whether a function's span covers the call or the future it returns, by the returned type: a boxed future behind an alias is found too.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;

/// What the span of a function that is not `async` covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The call.
    Call,
    /// The future or stream it returns, from its first poll to its end.
    Future,
}

/// A return type, to be asked for its [`Mode`].
#[derive(Debug)]
pub struct Returning<R>(PhantomData<fn() -> R>);

impl<R> Returning<R> {
    /// Names the type.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// First choice: a boxed future.
pub trait ViaBoxedType {
    /// [`Mode::Future`].
    #[inline]
    fn mode(&self) -> Mode {
        Mode::Future
    }
}

impl<T> ViaBoxedType for &Returning<Pin<Box<dyn Future<Output = T> + '_>>> {}
impl<T> ViaBoxedType for &Returning<Pin<Box<dyn Future<Output = T> + Send + '_>>> {}
impl<T> ViaBoxedType for &Returning<Pin<Box<dyn Future<Output = T> + Send + Sync + '_>>> {}

/// Otherwise: the call.
pub trait ViaOtherType {
    /// [`Mode::Call`].
    #[inline]
    fn mode(&self) -> Mode {
        Mode::Call
    }
}

impl<R> ViaOtherType for Returning<R> {}
