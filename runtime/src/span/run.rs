//! Futures inside a span: current while the future is polled and while it is dropped, ended when it is done.

use super::{Entered, Span};
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use pin_project_lite::pin_project;

pin_project! {
    /// The body of an `async` function, polled inside its span. Gives the span back with what the body returned.
    pub struct Run<F> {
        span: Span,
        #[pin]
        future: Option<F>,
    }

    impl<F> PinnedDrop for Run<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if !this.span.is_off() {
                let current = this.span.enter();
                this.future.set(None);
                drop(current);
                this.span.cancelled();
            }
        }
    }
}

/// Polls `future` inside `span`. Dropped before it is done, the future is dropped inside the span too, and the span ends cancelled.
#[inline]
pub fn run<F: Future>(span: Span, future: F) -> Run<F> {
    Run { span, future: Some(future) }
}

impl<F: Future> Future for Run<F> {
    type Output = (Span, F::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let Some(future) = this.future.as_pin_mut() else {
            return Poll::Pending;
        };
        let current = this.span.enter();
        let poll = future.poll(cx);
        drop(current);
        match poll {
            Poll::Ready(out) => Poll::Ready((core::mem::replace(this.span, Span::OFF), out)),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<F> fmt::Debug for Run<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("span", &self.span).finish_non_exhaustive()
    }
}

/// The future inside `span`; `finish` records the outcome and ends the span.
pub(crate) async fn in_future<F: Future>(mut span: Span, future: F, finish: impl FnOnce(Span, F::Output) -> F::Output) -> F::Output {
    span.start_deferred();
    let (span, out) = run(span, future).await;
    finish(span, out)
}

/// What a function that returns `impl Future` returns: the same future inside the function's span. The expansion says which type it yields,
/// for what is asked of the type in `finish` is asked before the function's end tells the compiler.
pub fn wrap_future<T, F: Future<Output = T>>(span: Entered, future: F, finish: impl FnOnce(Span, T) -> T) -> impl Future<Output = T> {
    in_future(span.into_deferred().unwrap_or(Span::OFF), future, finish)
}

/// The same, where the function promises `Unpin`: one heap block.
pub fn wrap_unpin<T, F: Future<Output = T>>(
    span: Entered,
    future: F,
    finish: impl FnOnce(Span, T) -> T,
) -> impl Future<Output = T> + Unpin {
    Box::pin(wrap_future(span, future, finish))
}
