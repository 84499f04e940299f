//! Futures inside a span: current while the future is polled and while it is dropped, ended when it is done.
//! The future is pinned by its caller, so that no projection of our own is needed.

use super::{Entered, Span};
use core::fmt;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};

/// The body of an `async` function, polled inside its span.
pub struct Run<'a, F> {
    span: &'a mut Span,
    future: Pin<&'a mut Option<F>>,
}

/// Polls `future` inside `span`. Dropped before it is done, the future is dropped inside the span too, and the span ends cancelled.
#[inline]
pub fn run<'a, F: Future>(span: &'a mut Span, future: Pin<&'a mut Option<F>>) -> Run<'a, F> {
    Run { span, future }
}

impl<F: Future> Future for Run<'_, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.get_mut();
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let _current = this.span.enter();
        let poll = future.poll(cx);
        if poll.is_ready() {
            this.future.set(None);
        }
        poll
    }
}

impl<F> Drop for Run<'_, F> {
    #[inline]
    fn drop(&mut self) {
        if self.future.is_some() {
            {
                let _current = self.span.enter();
                self.future.set(None);
            }
            self.span.cancelled();
        }
    }
}

impl<F> fmt::Debug for Run<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("span", &self.span).finish_non_exhaustive()
    }
}

/// The future inside `span`; `finish` records the outcome and ends the span.
pub(crate) async fn in_future<F: Future>(mut span: Span, future: F, finish: impl FnOnce(Span, F::Output) -> F::Output) -> F::Output {
    span.start_deferred();
    let future = pin!(Some(future));
    let out = run(&mut span, future).await;
    finish(span, out)
}

/// What a function that returns `impl Future` returns: the same future inside the function's span.
pub fn wrap_future<F: Future>(
    span: Entered,
    future: F,
    finish: impl FnOnce(Span, F::Output) -> F::Output,
) -> impl Future<Output = F::Output> {
    in_future(span.into_deferred().unwrap_or(Span::OFF), future, finish)
}

/// The same, where the function promises `Unpin`: one heap block.
pub fn wrap_unpin<F: Future>(
    span: Entered,
    future: F,
    finish: impl FnOnce(Span, F::Output) -> F::Output,
) -> impl Future<Output = F::Output> + Unpin {
    Box::pin(wrap_future(span, future, finish))
}
