//! Kafka: messages of rdkafka (feature `rdkafka`) and rskafka (feature `rskafka`) for `consumer(MSG)` and `producer(MSG)`, and traced
//! clients around rdkafka's producers and consumers. Names and attributes follow the
//! [conventions for Kafka](https://opentelemetry.io/docs/specs/semconv/messaging/kafka/), 1.44.

#[cfg(feature = "rdkafka")]
mod client;
#[cfg(feature = "rdkafka")]
mod consumer;
#[cfg(feature = "rdkafka")]
mod error;
#[cfg(feature = "rdkafka")]
mod message;
#[cfg(feature = "rdkafka")]
mod producer;
#[cfg(feature = "rskafka")]
mod rskafka;
#[cfg(feature = "rdkafka")]
mod threaded;

#[cfg(feature = "rdkafka")]
pub use client::Client;
#[cfg(feature = "rdkafka")]
pub use consumer::{Consumer, Received};
#[cfg(feature = "rdkafka")]
pub use error::error_code;
#[cfg(feature = "rdkafka")]
pub use producer::Producer;
#[cfg(feature = "rskafka")]
pub use rskafka::{Addressed, Consumed};
#[cfg(feature = "rdkafka")]
pub use threaded::Reporting;

use crate::messaging::Description;
use opentelemetry::KeyValue;

/// What every Kafka message says of itself, whichever client it belongs to.
fn describe<'a>(topic: &'a str, key: Option<&[u8]>, payload: Option<&[u8]>) -> Description<'a> {
    let mut description = Description::new("kafka", topic);
    if let Some(Ok(key)) = key.map(core::str::from_utf8) {
        description = description.attribute(KeyValue::new("messaging.kafka.message.key", key.to_owned()));
    }
    match payload {
        Some(payload) => description.body_size(payload.len()),
        None => description.attribute(KeyValue::new("messaging.kafka.message.tombstone", true)),
    }
}

/// Where a message lies in its topic.
fn placed(description: Description<'_>, partition: i32, offset: i64) -> Description<'_> {
    let description = if partition < 0 { description } else { description.partition(partition) };
    if offset < 0 { description } else { description.attribute(KeyValue::new("messaging.kafka.offset", offset)) }
}
