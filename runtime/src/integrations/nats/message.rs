//! async-nats' messages as [`Message`] and [`Outgoing`].

use crate::messaging::{Carrier, Description, Message, Outgoing};
use crate::propagation::inject_context;
use async_nats::message::OutboundMessage;
use async_nats::{HeaderMap, jetstream};
use opentelemetry::Context;

/// A subject that lives as long as one request.
const INBOX: &str = "_INBOX.";
/// Where a JetStream message is acknowledged.
const ACKNOWLEDGE: &str = "$JS.ACK.";

/// What every message says of itself: subject, reply subject, size, and the id that JetStream removes duplicates by.
fn describe<'a>(subject: &'a str, reply: Option<&'a str>, headers: Option<&'a HeaderMap>, size: usize) -> Description<'a> {
    let mut description = Description::new("nats", subject).body_size(size);
    if subject.starts_with(INBOX) {
        description = description.temporary();
    }
    if let Some(reply) = reply.filter(|reply| !reply.starts_with(ACKNOWLEDGE)) {
        description = description.conversation_id(reply);
    }
    match headers.and_then(|headers| headers.get_last(async_nats::header::NATS_MESSAGE_ID)) {
        Some(id) => description.id(id.as_str()),
        None => description,
    }
}

fn carrier(headers: Option<&HeaderMap>) -> Carrier<'_> {
    headers.map_or_else(Carrier::none, Carrier::new)
}

impl Message for async_nats::Message {
    fn carrier(&self) -> Carrier<'_> {
        carrier(self.headers.as_ref())
    }

    fn description(&self) -> Description<'_> {
        describe(&self.subject, self.reply.as_deref(), self.headers.as_ref(), self.payload.len())
    }
}

/// A message of a JetStream consumer: with the consumer's name, and its place in the stream where it has no id.
impl Message for jetstream::Message {
    fn carrier(&self) -> Carrier<'_> {
        self.message.carrier()
    }

    fn description(&self) -> Description<'_> {
        let description = self.message.description();
        let Ok(info) = self.info() else { return description };
        let description = description.consumer_group(info.consumer);
        let has_id = self.headers.as_ref().is_some_and(|headers| headers.get_last(async_nats::header::NATS_MESSAGE_ID).is_some());
        if has_id { description } else { description.id(format!("{}/{}", info.stream, info.stream_sequence)) }
    }
}

impl Outgoing for OutboundMessage {
    fn description(&self) -> Description<'_> {
        describe(&self.subject, self.reply.as_deref(), self.headers.as_ref(), self.payload.len())
    }

    fn carrier(&self) -> Carrier<'_> {
        carrier(self.headers.as_ref())
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut self.headers);
    }
}

impl Outgoing for jetstream::message::OutboundMessage {
    fn description(&self) -> Description<'_> {
        describe(&self.subject, None, self.headers.as_ref(), self.payload.len())
    }

    fn carrier(&self) -> Carrier<'_> {
        carrier(self.headers.as_ref())
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut self.headers);
    }
}
