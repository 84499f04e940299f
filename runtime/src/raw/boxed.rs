//! A boxed future in surroundings, of the same type as without them.
//!
//! The compiler takes a `dyn Future<Output = T> + 'f` for valid during `'f` only where `T` is, although there is nothing of `T` before the
//! future is done. So it refuses to box what holds such a future, wherever a function forwards one for any `T`.

use core::future::Future;
use core::mem::transmute;
use core::pin::Pin;
use core::task::{Context, Poll};

/// What a future is polled and dropped in. It can hold nothing of `T`.
pub(crate) trait Surroundings<T>: Unpin + 'static {
    /// The future is going to be polled.
    fn begin(&mut self);
    /// Polls the future, or drops it.
    fn inside<R>(&mut self, run: impl FnOnce() -> R) -> R;
    /// The future is done, and dropped.
    fn done(&mut self, out: T) -> T;
    /// The future was dropped before it was done.
    fn abandoned(&mut self);
}

/// A boxed future, which is still one in surroundings.
pub(crate) trait Surround<S>: Sized {
    /// The same future in these surroundings.
    fn surround(self, surroundings: S) -> Self;
}

struct Surrounded<F: Future, S: Surroundings<F::Output>> {
    future: Option<F>,
    surroundings: S,
}

impl<F: Future + Unpin, S: Surroundings<F::Output>> Future for Surrounded<F, S> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { future: slot, surroundings } = &mut *self;
        let Some(future) = slot else { return Poll::Pending };
        surroundings.begin();
        match surroundings.inside(|| Pin::new(future).poll(cx)) {
            Poll::Ready(out) => {
                *slot = None;
                Poll::Ready(surroundings.done(out))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<F: Future, S: Surroundings<F::Output>> Drop for Surrounded<F, S> {
    fn drop(&mut self) {
        if self.future.is_some() {
            self.surroundings.inside(|| self.future = None);
            self.surroundings.abandoned();
        }
    }
}

macro_rules! surround {
    ($(($($auto:ident)*))*) => {
        $(impl<'f, T, S: Surroundings<T> $(+ $auto)*> Surround<S> for Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>> {
            fn surround(self, surroundings: S) -> Self {
                let surrounded: Pin<Box<dyn Future<Output = T> $(+ $auto)* + '_>> = Box::pin(Surrounded { future: Some(self), surroundings });
                // SAFETY: only the lifetime changes, to `'f`, for which all that is in the box is valid: `S` is `'static`, and the future is
                // one that was made a `dyn Future + 'f`. A `T` passes through and is not kept.
                unsafe { transmute::<Pin<Box<dyn Future<Output = T> $(+ $auto)* + '_>>, Self>(surrounded) }
            }
        })*
    };
}

surround!(() (Send) (Send Sync));
