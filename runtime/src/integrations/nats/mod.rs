//! NATS: async-nats' messages for `consumer(MSG)` and `producer(MSG)`, and a traced client, subscriptions and JetStream context.
//! OpenTelemetry has no convention of its own for NATS; these follow the general one with `messaging.system` `nats`, the subject as
//! destination, the queue group or durable consumer as consumer group, and the reply subject as conversation id.

mod client;
mod error;
mod jetstream;
mod message;
mod subscription;

pub use client::Client;
pub use error::NatsError;
pub use jetstream::{JetStream, ack, ack_with};
pub use subscription::{Received, Subscriber};
