#![doc = include_str!("../README.md")]

extern crate self as traced;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "sdk")]
mod config;
#[cfg(feature = "sdk")]
mod engine;
#[cfg(feature = "sdk")]
mod error;
#[cfg(feature = "sdk")]
mod export;
#[cfg(any(feature = "rdkafka", feature = "rskafka", feature = "lapin", feature = "async-nats"))]
mod integrations;
#[cfg(feature = "sdk")]
mod lifecycle;
#[cfg(feature = "sdk")]
mod log_level;
mod macros;
pub mod messaging;
mod outcome;
pub mod propagation;
mod raw;
mod span;
mod tasks;
#[cfg(feature = "sdk")]
pub mod testing;
mod value;

pub use opentelemetry;
#[cfg(feature = "sdk")]
pub use opentelemetry_sdk as sdk;
#[doc = include_str!("traced.md")]
pub use traced_macros::traced;

#[cfg(any(feature = "rdkafka", feature = "rskafka"))]
pub use integrations::kafka;
#[cfg(feature = "async-nats")]
pub use integrations::nats;
#[cfg(feature = "lapin")]
pub use integrations::rabbitmq;
pub use macros::record_error;
pub use outcome::{IntoOutcome, Outcome};
pub use propagation::{extract, inject};
pub use span::{Span, link, rename, set_status, span_id, trace_id, use_global_provider};
pub use tasks::bind;
#[cfg(feature = "tokio")]
pub use tasks::{spawn, spawn_blocking};
pub use value::IntoValue;

#[cfg(feature = "sdk")]
pub use config::{Batch, Builder, Keep, Propagator, Sampler, SpanLimits, WhenFull, builder};
#[cfg(feature = "sdk")]
pub use engine::{Report, Stats, stats};
#[cfg(feature = "sdk")]
pub use error::InitError;
#[cfg(feature = "sdk")]
pub use export::Exporter;
#[cfg(feature = "sdk")]
pub use lifecycle::{Guard, ShutdownError, init};
