//! A traced JetStream context: `send SUBJECT` from the call to the stream's acknowledgement; acknowledging a message is a span on request.

use super::error::failure;
use crate::messaging::{fails, sending, settling};
use crate::span::{Site, in_future};
use async_nats::HeaderMap;
use async_nats::jetstream::context::PublishError;
use async_nats::jetstream::message::{AckKind, Message, OutboundMessage, PublishMessage};
use async_nats::jetstream::publish::PublishAck;
use async_nats::jetstream::{self};
use async_nats::subject::ToSubject;
use bytes::Bytes;
use core::ops::Deref;
use opentelemetry::trace::SpanKind;

static SEND: Site = Site::own("send", SpanKind::Producer);
static ACK: Site = Site::own("ack", SpanKind::Client);
static NAK: Site = Site::own("nak", SpanKind::Client);
static TERM: Site = Site::own("term", SpanKind::Client);
static PROGRESS: Site = Site::own("progress", SpanKind::Client);

/// A JetStream context whose messages carry the trace. Everything else of the context is there through `Deref`; the messages of its pull
/// and push consumers are messages for `consumer(MSG)` as they are.
///
/// ```no_run
/// # async fn run(client: async_nats::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let stream = traced::nats::JetStream::new(async_nats::jetstream::new(client));
/// let acknowledged = stream.publish("orders", "{}".into()).await?;
/// println!("{} in {}", acknowledged.sequence, acknowledged.stream);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct JetStream {
    inner: jetstream::Context,
}

impl JetStream {
    /// Traces what `inner` publishes.
    pub fn new(inner: jetstream::Context) -> Self {
        Self { inner }
    }

    /// Publishes and waits until the stream has acknowledged; its sequence number is the span's `messaging.message.id` where the message
    /// has none of its own.
    ///
    /// # Errors
    ///
    /// The context's own; the span has the name of its kind as `error.type` (`STREAM_NOT_FOUND`, `TIMED_OUT`).
    pub async fn send(&self, mut message: OutboundMessage) -> Result<PublishAck, PublishError> {
        let has_id = message.headers.as_ref().is_some_and(|headers| headers.get_last(async_nats::header::NATS_MESSAGE_ID).is_some());
        let span = sending(&SEND, &mut message);
        let OutboundMessage { subject, payload, headers } = message;
        let publishing = async {
            let publication = PublishMessage::build().payload(payload);
            let publication = match headers {
                Some(headers) => publication.headers(headers),
                None => publication,
            };
            self.inner.send_publish(subject, publication).await?.await
        };
        in_future(span, publishing, |mut span, out| {
            match &out {
                Ok(ack) if !has_id && span.is_recording() => {
                    span.attributes().display("messaging.message.id", &format_args!("{}/{}", ack.stream, ack.sequence));
                }
                Ok(_) => {}
                Err(error) => span.fail(failure(error)),
            }
            out
        })
        .await
    }

    /// [`jetstream::Context::publish`] and its acknowledgement, as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn publish(&self, subject: impl ToSubject, payload: Bytes) -> Result<PublishAck, PublishError> {
        self.send(OutboundMessage::new(subject.to_subject(), payload, None)).await
    }

    /// [`jetstream::Context::publish_with_headers`] and its acknowledgement, as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn publish_with_headers(
        &self,
        subject: impl ToSubject,
        headers: HeaderMap,
        payload: Bytes,
    ) -> Result<PublishAck, PublishError> {
        self.send(OutboundMessage::new(subject.to_subject(), payload, Some(headers))).await
    }
}

impl Deref for JetStream {
    type Target = jetstream::Context;

    fn deref(&self) -> &jetstream::Context {
        &self.inner
    }
}

/// [`Message::ack`] in a CLIENT span `ack SUBJECT`, linked to the message's creation context.
///
/// # Errors
///
/// The client's own.
pub async fn ack(message: &Message) -> Result<(), async_nats::Error> {
    ack_with(message, AckKind::Ack).await
}

/// [`Message::ack_with`] in a CLIENT span `ack SUBJECT`, `nak SUBJECT`, `term SUBJECT` or `progress SUBJECT`, linked to the message's
/// creation context.
///
/// # Errors
///
/// The client's own.
pub async fn ack_with(message: &Message, kind: AckKind) -> Result<(), async_nats::Error> {
    let site = match kind {
        AckKind::Nak(_) => &NAK,
        AckKind::Term => &TERM,
        AckKind::Progress => &PROGRESS,
        _ => &ACK,
    };
    in_future(settling(site, message), message.ack_with(kind), |mut span, out| {
        if let Err(error) = &out {
            span.fail(fails("async_nats::Error", &**error));
        }
        out
    })
    .await
}
