//! A boxed future or stream in surroundings, of the same type as without them.
//!
//! The compiler takes a `dyn Future<Output = T> + 'f` for valid during `'f` only where `T` is, although there is nothing of `T` before the
//! future is done. So it refuses to box what holds such a future, wherever a function forwards one for any `T`. With streams it is the same.

use core::future::Future;
use core::mem::transmute;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;

/// What a future or a stream is polled and dropped in. It can hold nothing of what these yield.
pub(crate) trait Surroundings: Unpin + 'static {
    /// It is going to be polled.
    fn begin(&mut self);
    /// Polls it, or drops it.
    fn inside<R>(&mut self, run: impl FnOnce() -> R) -> R;
    /// It was dropped before it was done.
    fn abandoned(&mut self);
}

/// What sees the end.
pub(crate) trait Conclude<T>: Surroundings {
    /// It is done, and dropped.
    fn done(&mut self, out: T) -> T;
}

/// A boxed future or stream, which is still one in surroundings.
pub(crate) trait Surround<S>: Sized {
    /// The same in these surroundings.
    fn surround(self, surroundings: S) -> Self;
}

struct Surrounded<I, S: Surroundings> {
    /// Until it is done.
    inner: Option<I>,
    surroundings: S,
}

impl<F: Future + Unpin, S: Conclude<F::Output>> Future for Surrounded<F, S> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Self { inner, surroundings } = &mut *self;
        let Some(future) = inner else { return Poll::Pending };
        surroundings.begin();
        match surroundings.inside(|| Pin::new(future).poll(cx)) {
            Poll::Ready(out) => {
                *inner = None;
                Poll::Ready(surroundings.done(out))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<I: Stream + Unpin, S: Conclude<()>> Stream for Surrounded<I, S> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        let Self { inner, surroundings } = &mut *self;
        let Some(stream) = inner else { return Poll::Ready(None) };
        surroundings.begin();
        let polled = surroundings.inside(|| Pin::new(stream).poll_next(cx));
        if matches!(polled, Poll::Ready(None)) {
            *inner = None;
            surroundings.done(());
        }
        polled
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

impl<I, S: Surroundings> Drop for Surrounded<I, S> {
    fn drop(&mut self) {
        if self.inner.is_some() {
            self.surroundings.inside(|| self.inner = None);
            self.surroundings.abandoned();
        }
    }
}

macro_rules! surround {
    ($($inner:ident<$yields:ident> until $end:ty: $(($($auto:ident)*))*;)*) => {
        $($(impl<'f, T, S: Conclude<$end> $(+ $auto)*> Surround<S> for Pin<Box<dyn $inner<$yields = T> $(+ $auto)* + 'f>> {
            fn surround(self, surroundings: S) -> Self {
                let surrounded: Pin<Box<dyn $inner<$yields = T> $(+ $auto)* + '_>> = Box::pin(Surrounded { inner: Some(self), surroundings });
                // SAFETY: only the lifetime changes, to `'f`, for which all that is in the box is valid: `S` is `'static`, and the other is
                // one that was made a `dyn .. + 'f`. A `T` passes through and is not kept.
                unsafe { transmute::<Pin<Box<dyn $inner<$yields = T> $(+ $auto)* + '_>>, Self>(surrounded) }
            }
        })*)*
    };
}

surround! {
    Future<Output> until T: () (Send) (Send Sync);
    Stream<Item> until (): () (Send) (Send Sync);
}
