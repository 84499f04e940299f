//! The spans of a messaging client: sending, receiving, settling.
//! In: the message, and what the client says of itself. Out: a span of kind PRODUCER or CLIENT. A message that already brings a creation
//! context keeps it: the span is linked to it and is a CLIENT (messaging spans, "context propagation", OpenTelemetry 1.44).

use super::Outgoing;
#[cfg(any(feature = "rdkafka", feature = "lapin", feature = "async-nats"))]
pub(crate) use integrated::*;

use crate::span::Start;
use opentelemetry::Context;
use opentelemetry::trace::SpanKind;

/// A publisher's span: `send DESTINATION`, with what the message says of itself.
pub(crate) fn describe_outgoing(start: &mut Start<'_>, message: &(impl Outgoing + ?Sized)) {
    let created = message.carrier().created();
    start.kind = Some(if created.is_some() { SpanKind::Client } else { SpanKind::Producer });
    if let Some(created) = created {
        start.push_link(created);
    }
    message.description().write(start, "send", "send");
}

/// Gives the message its creation context, unless it brings one.
pub(crate) fn inject_outgoing(message: &mut (impl Outgoing + ?Sized), context: impl FnOnce() -> Context) {
    if message.carrier().created().is_none() {
        message.inject(&context());
    }
}

#[cfg(any(feature = "rdkafka", feature = "lapin", feature = "async-nats"))]
mod integrated {
    use crate::messaging::{Message, Outgoing};
    use crate::outcome::Failure;
    use crate::span::{Site, Span, Start, enabled};
    use core::error::Error;
    use std::borrow::Cow;
    #[cfg(feature = "rdkafka")]
    use std::time::SystemTime;

    /// A started `send` span; the message carries its context.
    pub(crate) fn sending(site: &'static Site, message: &mut (impl Outgoing + ?Sized)) -> Span {
        if !enabled() {
            return Span::OFF;
        }
        let mut span = Start::new(site, || {}).producer(message).start();
        span.inject_message(message);
        span
    }

    /// Records a `receive` span that began at `since` and ends now, linked to the message's creation context.
    #[cfg(feature = "rdkafka")]
    pub(crate) fn received(site: &'static Site, since: SystemTime, message: &impl Message) {
        if enabled() {
            let mut start = client(site, "receive", message);
            start.since = Some(since);
            start.start().end();
        }
    }

    /// The same, where the client had an error instead of a message.
    #[cfg(feature = "rdkafka")]
    pub(crate) fn failed(site: &'static Site, since: SystemTime, system: &'static str, failure: Failure) {
        if enabled() {
            let mut start = Start::new(site, || {});
            start.since = Some(since);
            start.known.literal("messaging.operation.name", site.name);
            start.known.literal("messaging.operation.type", "receive");
            start.known.literal("messaging.system", system);
            let mut span = start.start();
            span.fail(failure);
        }
    }

    /// A started `settle` span, linked to the message's creation context.
    pub(crate) fn settling(site: &'static Site, message: &impl Message) -> Span {
        if enabled() { client(site, "settle", message).start() } else { Span::OFF }
    }

    fn client(site: &'static Site, operation_type: &'static str, message: &impl Message) -> Start<'static> {
        let mut start = Start::new(site, || {});
        if let Some(created) = message.carrier().created() {
            start.push_link(created);
        }
        message.description().operation(site.name).write(&mut start, site.name, operation_type);
        start
    }

    /// A client's error, under the broker's name for it.
    pub(crate) fn fails(code: impl Into<Cow<'static, str>>, error: &dyn Error) -> Failure {
        Failure { kind: code.into(), ..Failure::of_error("", error) }
    }
}
