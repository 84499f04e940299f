//! Streams inside a span: started at the first poll, current while the stream is polled, ended when it ends or is dropped.

use super::Span;
use crate::outcome::Finish;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;

struct InSpan<S> {
    span: Span,
    /// In a heap block of its own, so that the stream can be pinned without a projection of ours.
    stream: Option<Pin<Box<S>>>,
    polled: bool,
}

/// What a function that returns `impl Stream` returns: the same stream inside the function's span.
pub fn wrap_stream<S: Stream>(span: impl Finish, stream: S) -> impl Stream<Item = S::Item> + Unpin {
    InSpan { span: span.deferred().unwrap_or(Span::OFF), stream: Some(Box::pin(stream)), polled: false }
}

impl<S: Stream> Stream for InSpan<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let this = self.get_mut();
        let Some(stream) = &mut this.stream else {
            return Poll::Ready(None);
        };
        if !this.polled {
            this.polled = true;
            this.span.start_deferred();
        }
        let current = this.span.enter();
        let poll = stream.as_mut().poll_next(cx);
        if matches!(poll, Poll::Ready(None)) {
            this.stream = None;
            drop(current);
            drop(core::mem::replace(&mut this.span, Span::OFF));
        }
        poll
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

impl<S> Drop for InSpan<S> {
    fn drop(&mut self) {
        if self.stream.is_some() && self.polled {
            {
                let _current = self.span.enter();
                self.stream = None;
            }
            self.span.cancelled();
        }
    }
}

impl<S> fmt::Debug for InSpan<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InSpan").field("span", &self.span).finish_non_exhaustive()
    }
}
