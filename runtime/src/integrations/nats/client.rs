//! A traced client: `send SUBJECT` for what it publishes, `request SUBJECT` from the question to the answer.

use super::Subscriber;
use super::error::failure;
use crate::messaging::{Carrier, Description, Outgoing, sending};
use crate::span::{Site, in_future};
use async_nats::client::Request;
use async_nats::message::OutboundMessage;
use async_nats::subject::ToSubject;
use async_nats::{HeaderMap, Message, PublishError, RequestError, SubscribeError};
use bytes::Bytes;
use core::ops::Deref;
use opentelemetry::Context;
use opentelemetry::trace::SpanKind;

static SEND: Site = Site::own("send", SpanKind::Producer);
static REQUEST: Site = Site::own("request", SpanKind::Producer);

/// A client whose messages carry the trace. Everything else of the client is there through `Deref`.
///
/// A message that already has a creation context in its headers keeps it: the span is then a CLIENT with a link to it.
///
/// ```no_run
/// use futures_util::StreamExt as _;
/// use traced::nats::{Client, Received};
/// use traced::traced;
///
/// #[traced(consumer(order))] // `process orders`, in the publisher's trace
/// async fn on_order(order: &Received) {}
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new(async_nats::connect("localhost:4222").await?);
/// let mut orders = client.queue_subscribe("orders", "shipping").await?;
/// client.publish("orders", "{}".into()).await?;
/// while let Some(order) = orders.next().await {
///     on_order(&order).await;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    inner: async_nats::Client,
}

impl Client {
    /// Traces what `inner` publishes and requests.
    pub fn new(inner: async_nats::Client) -> Self {
        Self { inner }
    }

    /// Publishes. The span ends when the message is in the client's buffer: core NATS confirms nothing.
    ///
    /// # Errors
    ///
    /// The client's own; the span has the name of its kind as `error.type`.
    pub async fn send(&self, mut message: OutboundMessage) -> Result<(), PublishError> {
        let span = sending(&SEND, &mut message);
        let OutboundMessage { subject, reply, payload, headers } = message;
        let headers = headers.unwrap_or_default();
        let publishing = async {
            match reply {
                Some(reply) => self.inner.publish_with_reply_and_headers(subject, reply, headers, payload).await,
                None if headers.is_empty() => self.inner.publish(subject, payload).await,
                None => self.inner.publish_with_headers(subject, headers, payload).await,
            }
        };
        in_future(span, publishing, |mut span, out| {
            if let Err(error) = &out {
                span.fail(failure(error));
            }
            out
        })
        .await
    }

    /// [`async_nats::Client::publish`], as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn publish(&self, subject: impl ToSubject, payload: Bytes) -> Result<(), PublishError> {
        self.send(OutboundMessage { subject: subject.to_subject(), reply: None, payload, headers: None }).await
    }

    /// [`async_nats::Client::publish_with_headers`], as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn publish_with_headers(&self, subject: impl ToSubject, headers: HeaderMap, payload: Bytes) -> Result<(), PublishError> {
        self.send(OutboundMessage { subject: subject.to_subject(), reply: None, payload, headers: Some(headers) }).await
    }

    /// [`async_nats::Client::publish_with_reply`], as [`send`](Self::send): answers go to `reply`.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn publish_with_reply(&self, subject: impl ToSubject, reply: impl ToSubject, payload: Bytes) -> Result<(), PublishError> {
        self.send(OutboundMessage { subject: subject.to_subject(), reply: Some(reply.to_subject()), payload, headers: None }).await
    }

    /// Answers `request`, in a span of its own; a message that asked for no answer gets none.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn respond(&self, request: &Message, payload: Bytes) -> Result<(), PublishError> {
        match &request.reply {
            Some(reply) => self.publish(reply.clone(), payload).await,
            None => Ok(()),
        }
    }

    /// [`async_nats::Client::request`], as [`send_request`](Self::send_request).
    ///
    /// # Errors
    ///
    /// As for [`send_request`](Self::send_request).
    pub async fn request(&self, subject: impl ToSubject, payload: Bytes) -> Result<Message, RequestError> {
        self.send_request(subject, Request::new().payload(payload)).await
    }

    /// [`async_nats::Client::send_request`]: the span ends with the answer.
    ///
    /// # Errors
    ///
    /// The client's own; the span has the name of its kind as `error.type` (`NO_RESPONDERS`, `TIMED_OUT`).
    pub async fn send_request(&self, subject: impl ToSubject, request: Request) -> Result<Message, RequestError> {
        let Request { payload, headers, timeout, inbox } = request;
        let mut asking =
            Asking(OutboundMessage { subject: subject.to_subject(), reply: None, payload: payload.unwrap_or_default(), headers });
        let span = sending(&REQUEST, &mut asking);
        let OutboundMessage { subject, payload, headers, .. } = asking.0;
        let request = Request { payload: Some(payload), headers, timeout, inbox };
        in_future(span, self.inner.send_request(subject, request), |mut span, out| {
            if let Err(error) = &out {
                span.fail(failure(error));
            }
            out
        })
        .await
    }

    /// [`async_nats::Client::subscribe`].
    ///
    /// # Errors
    ///
    /// The client's own.
    pub async fn subscribe(&self, subject: impl ToSubject) -> Result<Subscriber, SubscribeError> {
        self.inner.subscribe(subject).await.map(|inner| Subscriber::new(inner, None))
    }

    /// [`async_nats::Client::queue_subscribe`]: the group is the messages' `messaging.consumer.group.name`.
    ///
    /// # Errors
    ///
    /// The client's own.
    pub async fn queue_subscribe(&self, subject: impl ToSubject, group: impl Into<String>) -> Result<Subscriber, SubscribeError> {
        let group = group.into();
        self.inner.queue_subscribe(subject, group.clone()).await.map(|inner| Subscriber::new(inner, Some(group.into())))
    }
}

impl Deref for Client {
    type Target = async_nats::Client;

    fn deref(&self) -> &async_nats::Client {
        &self.inner
    }
}

/// A message that waits for its answer: `request` is what the client does.
struct Asking(OutboundMessage);

impl Outgoing for Asking {
    fn description(&self) -> Description<'_> {
        Outgoing::description(&self.0).operation("request")
    }

    fn carrier(&self) -> Carrier<'_> {
        Outgoing::carrier(&self.0)
    }

    fn inject(&mut self, context: &Context) {
        self.0.inject(context);
    }
}
