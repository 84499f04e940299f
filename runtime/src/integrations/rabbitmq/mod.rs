//! RabbitMQ: lapin's deliveries for `consumer(MSG)`, publications for `producer(MSG)`, and a traced publisher and consumer around lapin's
//! `Channel` and `Consumer`. Names and attributes follow the
//! [conventions for RabbitMQ](https://opentelemetry.io/docs/specs/semconv/messaging/rabbitmq/), 1.44: a destination is
//! `{exchange}:{routing key}` for who publishes and `{exchange}:{routing key}:{queue}` for who consumes, without the empty ones.

mod consumer;
mod error;
mod message;
mod publisher;

pub use consumer::{Consumer, Received};
pub use error::error_code;
pub use message::Publication;
pub use publisher::Publisher;
