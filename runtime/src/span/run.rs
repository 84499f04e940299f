//! Futures inside a span: current while the future is polled and while it is dropped, ended when it is done.

use super::{Entered, Span};
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
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

pin_project! {
    /// A future inside its span, and what is done with what it yields. Not an `async fn`, because that lives no longer than what it yields:
    /// this one lives as long as its future.
    #[derive(Debug)]
    pub struct InSpan<F, E> {
        #[pin]
        run: Run<F>,
        finish: Option<E>,
    }
}

/// The future inside `span`; `finish` records the outcome and ends the span.
pub(crate) fn in_future<F: Future, E: FnOnce(Span, F::Output) -> F::Output>(span: Span, future: F, finish: E) -> InSpan<F, E> {
    InSpan { run: run(span, future), finish: Some(finish) }
}

impl<F: Future, E: FnOnce(Span, F::Output) -> F::Output> Future for InSpan<F, E> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        this.run.as_mut().project().span.start_deferred();
        let (span, out) = ready!(this.run.as_mut().poll(cx));
        this.run.project().future.set(None);
        Poll::Ready(match this.finish.take() {
            Some(finish) => finish(span, out),
            None => out,
        })
    }
}

/// What a function that returns `impl Future` returns: the same future inside the function's span. The expansion says which type it yields,
/// for what is asked of the type in `finish` is asked before the function's end tells the compiler.
pub fn wrap_future<T, F: Future<Output = T>, E: FnOnce(Span, T) -> T>(span: Entered, future: F, finish: E) -> InSpan<F, E> {
    in_future(span.into_deferred().unwrap_or(Span::OFF), future, finish)
}

/// The same, where the function promises `Unpin`: one heap block.
pub fn wrap_unpin<T, F: Future<Output = T>, E: FnOnce(Span, T) -> T>(span: Entered, future: F, finish: E) -> Pin<Box<InSpan<F, E>>> {
    Box::pin(wrap_future(span, future, finish))
}
