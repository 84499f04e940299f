//! Streams inside a span: started at the first poll, current while the stream is polled, ended when it ends or is dropped.

use super::Span;
use crate::outcome::Finish;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use pin_project_lite::pin_project;

pin_project! {
    struct InSpan<S> {
        span: Span,
        #[pin]
        stream: Option<S>,
        polled: bool,
    }

    impl<S> PinnedDrop for InSpan<S> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.stream.is_some() && *this.polled {
                let current = this.span.enter();
                this.stream.set(None);
                drop(current);
                this.span.cancelled();
            }
        }
    }
}

/// What a function that returns `impl Stream` returns: the same stream inside the function's span.
pub fn wrap_stream<S: Stream>(span: impl Finish, stream: S) -> impl Stream<Item = S::Item> {
    InSpan { span: span.deferred().unwrap_or(Span::OFF), stream: Some(stream), polled: false }
}

impl<S: Stream> Stream for InSpan<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let mut this = self.project();
        let Some(stream) = this.stream.as_mut().as_pin_mut() else {
            return Poll::Ready(None);
        };
        if !*this.polled {
            *this.polled = true;
            this.span.start_deferred();
        }
        let current = this.span.enter();
        let poll = stream.poll_next(cx);
        if matches!(poll, Poll::Ready(None)) {
            this.stream.set(None);
            drop(current);
            drop(core::mem::replace(this.span, Span::OFF));
        }
        poll
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.as_ref().map_or((0, Some(0)), Stream::size_hint)
    }
}

impl<S> fmt::Debug for InSpan<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InSpan").field("span", &self.span).finish_non_exhaustive()
    }
}
