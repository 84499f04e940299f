//! In: a [`Builder`] and the environment as data. Out: [`Settings`] with which the engine starts, and warnings for the user. Refuses
//! settings that cannot work with an [`InitError`].
//!
//! Precedence: builder, then environment, then the specification's default. `environment.rs` holds the rules common to all variables;
//! each other file owns one group of settings, its variables included.

mod batch;
mod builder;
mod environment;
mod exporters;
mod keep;
mod limits;
mod log_level;
#[cfg(feature = "otlp")]
mod otlp;
#[cfg(feature = "otlp")]
mod otlp_endpoint;
#[cfg(all(test, feature = "otlp"))]
mod otlp_tests;
mod propagators;
mod rate_limited;
mod resource;
mod sampler;
mod sampler_environment;
#[cfg(test)]
mod tests;
mod unsupported;

use std::fmt;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::IdGenerator;

use crate::error::InitError;
use crate::export::Opener;
use crate::log_level::LogLevel;

pub use self::batch::{Batch, WhenFull};
pub use self::builder::{Builder, builder};
pub(crate) use self::environment::{Environment, Warning};
pub use self::keep::Keep;
pub use self::limits::SpanLimits;
pub use self::propagators::Propagator;
pub(crate) use self::sampler::Decision;
pub use self::sampler::Sampler;

use self::environment::Reader;

/// Everything the engine needs to start.
pub(crate) struct Settings {
    pub(crate) resource: Resource,
    pub(crate) service_name: String,
    /// Still to be opened, on the export thread.
    pub(crate) exporters: Vec<Opener>,
    pub(crate) sampler: Sampler,
    pub(crate) keep: Option<Keep>,
    pub(crate) batch: Batch,
    pub(crate) limits: SpanLimits,
    pub(crate) propagator: Box<dyn TextMapPropagator + Send + Sync>,
    pub(crate) code_attributes: bool,
    pub(crate) thread_attributes: bool,
    pub(crate) id_generator: Option<Box<dyn IdGenerator>>,
    /// `OTEL_SDK_DISABLED`: no spans are recorded, propagators still work.
    pub(crate) disabled: bool,
    pub(crate) log_level: LogLevel,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("service_name", &self.service_name)
            .field("exporters", &self.exporters)
            .field("sampler", &self.sampler)
            .field("disabled", &self.disabled)
            .finish_non_exhaustive()
    }
}

/// Merges what the program and the environment say.
///
/// # Errors
///
/// The first setting that cannot work; what can be replaced by a default is a warning instead.
pub(crate) fn resolve(builder: Builder, environment: &Environment) -> Result<(Settings, Vec<Warning>), InitError> {
    let mut reader = Reader::new(environment);
    let reader = &mut reader;
    let log_level = log_level::resolve(reader);
    let disabled = reader.flag("OTEL_SDK_DISABLED").unwrap_or(false);
    let sampler = builder.sampler.unwrap_or_else(|| sampler_environment::resolve(reader));
    sampler.check()?;
    let resource = resource::resolve(builder.described, reader);
    let propagators = propagators::resolve(builder.propagators, reader);
    let settings = Settings {
        service_name: resource::service_name(&resource),
        resource,
        exporters: if disabled { Vec::new() } else { exporters::resolve(builder.exporters, reader)? },
        sampler,
        keep: builder.keep.map(Keep::checked).transpose()?,
        batch: Batch::resolve(builder.batch, reader)?,
        limits: SpanLimits::resolve(builder.limits, reader),
        propagator: propagators::compose(&propagators),
        code_attributes: builder.code_attributes,
        thread_attributes: builder.thread_attributes,
        id_generator: builder.id_generator,
        disabled,
        log_level,
    };
    unsupported::warn(reader);
    Ok((settings, std::mem::take(&mut reader.warnings)))
}
