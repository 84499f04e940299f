//! The same spans around closures, for code that has a bus of its own and wants no attribute: [`publish`] and [`handle`].
//! In: a message and what sends or handles it. Out: what that returned; an `Err` is recorded as the attribute records it.

use super::{Consumed, Outgoing};
use crate::macros::Recordable;
use crate::span::{Site, Span, Start, enabled, in_future};
use core::future::Future;
use opentelemetry::trace::SpanKind;

static PUBLISH: Site = Site::own("send", SpanKind::Producer);
static HANDLE: Site = Site::own("process", SpanKind::Consumer);

/// Sends `message` with `send`, inside a span `send DESTINATION`; the message carries the span's context.
///
/// ```
/// use traced::messaging::{Metadata, publish};
///
/// # async fn publish_to(_: &str, _: std::collections::HashMap<String, String>, _: &[u8]) -> Result<(), std::io::Error> { Ok(()) }
/// # async fn checkout() -> Result<(), std::io::Error> {
/// publish(Metadata::new("in-process", "orders"), |metadata| async move {
///     publish_to("orders", metadata.entries, b"{}").await
/// }).await
/// # }
/// ```
///
/// # Errors
///
/// What `send` returns; it is recorded on the span.
pub async fn publish<M, F, T, E, Via>(mut message: M, send: impl FnOnce(M) -> F) -> Result<T, E>
where
    M: Outgoing,
    F: Future<Output = Result<T, E>>,
    E: Recordable<Via>,
{
    let mut span = Span::OFF;
    if enabled() {
        span = Start::new(&PUBLISH, || {}).producer(&message).start();
        span.inject_message(&mut message);
    }
    run(span, move || send(message)).await
}

/// Handles `message` - or an `Option` or a batch of messages - with `handler`, inside a span `process DESTINATION`: in the producer's
/// trace and linked to it; for a batch, linked to every message.
///
/// # Errors
///
/// What `handler` returns; it is recorded on the span.
pub async fn handle<M, F, T, E, Via>(message: M, handler: impl FnOnce(M) -> F) -> Result<T, E>
where
    M: Consumed,
    F: Future<Output = Result<T, E>>,
    E: Recordable<Via>,
{
    let span = if enabled() { Start::new(&HANDLE, || {}).consumer(&message, false).start() } else { Span::OFF };
    run(span, move || handler(message)).await
}

/// The closure is called inside the span too: what it does before its future is polled belongs to the work.
async fn run<F, T, E, Via>(mut span: Span, work: impl FnOnce() -> F) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
    E: Recordable<Via>,
{
    let future = span.in_scope(work);
    in_future(span, future, |mut span, out| {
        if let (true, Err(error)) = (span.is_recording(), &out) {
            span.fail(error.failure());
        }
        out
    })
    .await
}

/// The id of the current trace as text, for a message's correlation id; `None` outside of any span.
pub fn correlation_id() -> Option<String> {
    crate::trace_id().map(|id| id.to_string())
}
