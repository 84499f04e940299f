//! When the value of a function is there, by the returned type: at the end of the call, or, where the type is a boxed future or stream,
//! behind an alias too, at the end of that. Asked once, before the span starts: `Returning::<R>::new().traced_when()`; the answer is the type
//! whose [`kind`](super::kind) is asked at the end.

use super::boxed::{Boxed, BoxedStream};
use super::kind::{Returned, ReturnedGeneric};
use core::future::Future;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use futures_core::Stream;

/// What the span of a function that is not `async` covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The call.
    Call,
    /// The future or stream it returns, from its first poll to its end.
    Future,
}

/// When the value is there.
pub trait When {
    /// What the span covers.
    const MODE: Mode;
    /// The kind of what is returned.
    type Kind<K>;
    /// From the kind of the value.
    fn kind<K>(value: K) -> Self::Kind<K>;
}

/// The function returns the value.
#[derive(Debug)]
pub struct Now;

/// The function returns a boxed future that yields the value.
#[derive(Debug)]
pub struct Later;

impl When for Now {
    const MODE: Mode = Mode::Call;
    type Kind<K> = K;
    #[inline]
    fn kind<K>(value: K) -> K {
        value
    }
}

impl When for Later {
    const MODE: Mode = Mode::Future;
    type Kind<K> = Boxed<K>;
    #[inline]
    fn kind<K>(value: K) -> Boxed<K> {
        Boxed(value)
    }
}

macro_rules! later {
    ($returning:ident $returned:ident: $(($($auto:ident)*))*) => {
        $(impl<T> $returning<Pin<Box<dyn Future<Output = T> $(+ $auto)* + '_>>> {
            /// What the future yields.
            pub const fn traced_when(&self) -> $returned<T, Later> {
                $returned(PhantomData)
            }
        }

        impl<T> $returning<Pin<Box<dyn Stream<Item = T> $(+ $auto)* + '_>>> {
            /// That it is a stream.
            pub const fn traced_when(&self) -> Streaming {
                Streaming
            }
        })*
    };
}

macro_rules! returning {
    ($($(#[doc = $doc:literal])+ $returning:ident => $returned:ident;)*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $returning<R>(PhantomData<fn() -> R>);

            impl<R> $returning<R> {
                /// Names the type.
                #[allow(clippy::new_without_default)]
                pub const fn new() -> Self {
                    Self(PhantomData)
                }
            }

            impl<R> Deref for $returning<R> {
                type Target = $returned<R, Now>;
                #[inline]
                fn deref(&self) -> &$returned<R, Now> {
                    &$returned(PhantomData)
                }
            }

            impl<R> $returned<R, Now> {
                /// The type itself, which is no future.
                pub const fn traced_when(&self) -> Self {
                    Self(PhantomData)
                }
            }

            impl<R, W: When> From<&$returned<R, W>> for Mode {
                #[inline]
                fn from(_: &$returned<R, W>) -> Self {
                    W::MODE
                }
            }

            later!($returning $returned: () (Send) (Send Sync));
        )*
    };
}

returning! {
    /// A return type, to be asked: a boxed future has the method itself, any other type that of `Returned`.
    Returning => Returned;
    /// The same, where the error type mentions a type parameter of the function.
    ReturningGeneric => ReturnedGeneric;
}

/// The function returns a boxed stream.
#[derive(Debug)]
pub struct Streaming;

impl From<&Streaming> for Mode {
    #[inline]
    fn from(_: &Streaming) -> Self {
        Self::Future
    }
}

#[allow(clippy::unused_self)] // found as methods
impl Streaming {
    /// There is nothing to ask.
    pub const fn traced_shape(&self) -> Self {
        Self
    }

    /// What the span does with the stream.
    pub const fn traced_kind(&self) -> BoxedStream {
        BoxedStream
    }
}
