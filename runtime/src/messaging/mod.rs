//! Messages, whatever brings them: what a handler's and a publisher's span say of one, and how its trace goes on.
//! In: a [`Message`] that was received, an [`Outgoing`] one, or a batch. Out: names, attributes, parent and links as the messaging
//! conventions of OpenTelemetry 1.44 give them.

mod consumer;
mod description;
mod message;

pub use consumer::Consumed;
pub(crate) use consumer::Handling;
pub use description::Description;
pub use message::{Carrier, Message, Outgoing};

use crate::span::Start;

/// A publisher's span: `send DESTINATION`, with what the message says of itself.
pub(crate) fn describe_outgoing(start: &mut Start<'_>, message: &(impl Outgoing + ?Sized)) {
    message.description().write(start, "send", "send");
}
