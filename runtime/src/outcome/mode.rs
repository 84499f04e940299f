//! Whether a function's span covers the call or the future it returns, by the returned type: a boxed future behind an alias is found too.

use core::future::Future;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;

/// What the span of a function that is not `async` covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The call.
    Call,
    /// The future or stream it returns, from its first poll to its end.
    Future,
}

/// A return type, to be asked for its [`Mode`]: a boxed future has the method, any other type finds that of `NoFuture`.
#[derive(Debug)]
pub struct Returning<R>(PhantomData<fn() -> R>);

/// A return type that is no boxed future.
#[derive(Debug)]
pub struct NoFuture;

impl<R> Returning<R> {
    /// Names the type.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

macro_rules! boxed {
    ($($boxed:ty,)*) => {
        $(impl<T> Returning<$boxed> {
            /// [`Mode::Future`].
            pub const fn traced_mode(&self) -> Mode {
                Mode::Future
            }
        })*
    };
}

boxed!(
    Pin<Box<dyn Future<Output = T> + '_>>,
    Pin<Box<dyn Future<Output = T> + Send + '_>>,
    Pin<Box<dyn Future<Output = T> + Send + Sync + '_>>,
);

impl<R> Deref for Returning<R> {
    type Target = NoFuture;
    fn deref(&self) -> &NoFuture {
        &NoFuture
    }
}

impl NoFuture {
    /// [`Mode::Call`].
    #[allow(clippy::unused_self)] // found as a method
    pub const fn traced_mode(&self) -> Mode {
        Mode::Call
    }
}
