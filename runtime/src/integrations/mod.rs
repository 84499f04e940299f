//! Other crates' clients and frameworks, one module for each; a module exists with the feature of that crate's name.

#[cfg(any(feature = "rdkafka", feature = "rskafka"))]
pub mod kafka;
#[cfg(feature = "async-nats")]
pub mod nats;
#[cfg(feature = "lapin")]
pub mod rabbitmq;
