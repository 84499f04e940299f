//! Messages, whatever brings them: what a handler's and a publisher's span say of one, and how its trace goes on.
//! In: a [`Message`] that was received, an [`Outgoing`] one, or a batch. Out: names, attributes, parent and links as the messaging
//! conventions of OpenTelemetry 1.44 give them.

pub mod channel;
mod client;
mod consumer;
mod description;
mod message;
mod metadata;
mod middleware;

pub(crate) use client::{describe_outgoing, inject_outgoing};
#[cfg(feature = "rdkafka")]
pub(crate) use client::{failed, received};
#[cfg(any(feature = "rdkafka", feature = "lapin", feature = "async-nats"))]
pub(crate) use client::{fails, sending, settling};
pub use consumer::Consumed;
pub(crate) use consumer::Handling;
pub use description::Description;
pub use message::{Carrier, Message, Outgoing};
pub use metadata::Metadata;
pub use middleware::{correlation_id, handle, publish};
