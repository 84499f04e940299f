//! In: what the program says about tracing. Out: [`Builder`], which `install` resolves together with the environment. Refuses nothing
//! by itself: every value is checked at `install`, so that all of them are worded alike.

use opentelemetry::KeyValue;
use opentelemetry_sdk::trace::IdGenerator;

use super::resource::Described;
use super::{Batch, Keep, Propagator, Sampler, SpanLimits};
use crate::Guard;
use crate::error::InitError;
use crate::export::Exporter;

/// Settings of the tracing runtime; see [`builder`].
///
/// What is set here beats the environment, which beats the defaults.
#[derive(Debug)]
#[must_use = "nothing is traced until `install` is called"]
pub struct Builder {
    pub(crate) described: Described,
    pub(crate) exporters: Vec<Exporter>,
    pub(crate) sampler: Option<Sampler>,
    pub(crate) keep: Option<Keep>,
    pub(crate) propagators: Option<Vec<Propagator>>,
    pub(crate) batch: Option<Batch>,
    pub(crate) limits: Option<SpanLimits>,
    pub(crate) code_attributes: bool,
    pub(crate) thread_attributes: bool,
    pub(crate) id_generator: Option<Box<dyn IdGenerator>>,
}

/// Begins to configure tracing; [`Builder::install`] starts it.
///
/// ```no_run
/// use traced::{Exporter, Sampler};
///
/// # fn main() -> Result<(), traced::InitError> {
/// let tracing = traced::builder()
///     .service_name("order-service")
///     .exporter(Exporter::console())
///     .sampler(Sampler::parent_based(Sampler::ratio(0.1)))
///     .install()?;
/// # drop(tracing);
/// # Ok(())
/// # }
/// ```
pub fn builder() -> Builder {
    Builder {
        described: Described::default(),
        exporters: Vec::new(),
        sampler: None,
        keep: None,
        propagators: None,
        batch: None,
        limits: None,
        code_attributes: true,
        thread_attributes: false,
        id_generator: None,
    }
}

impl Builder {
    /// `service.name` of the resource; beats `OTEL_SERVICE_NAME`. Default `unknown_service:<executable>`.
    pub fn service_name(mut self, name: impl Into<String>) -> Self {
        self.described.service_name = Some(name.into());
        self
    }

    /// The name given to `traced::init`: what `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` still beat.
    pub(crate) fn default_service_name(mut self, name: impl Into<String>) -> Self {
        self.described.default_service_name = Some(name.into());
        self
    }

    /// `service.version` of the resource. Default: absent.
    pub fn service_version(mut self, version: impl Into<String>) -> Self {
        self.described.service_version = Some(version.into());
        self
    }

    /// Attributes of the resource; they beat those of `OTEL_RESOURCE_ATTRIBUTES`. May be called again: later values win.
    pub fn resource(mut self, attributes: impl IntoIterator<Item = KeyValue>) -> Self {
        self.described.attributes.extend(attributes);
        self
    }

    /// Sends finished spans there; beats `OTEL_TRACES_EXPORTER`. May be called again: each exporter gets every span.
    ///
    /// Default: OTLP if an OTLP endpoint is set in the environment, else the console.
    pub fn exporter(mut self, exporter: Exporter) -> Self {
        self.exporters.push(exporter);
        self
    }

    /// Which traces are recorded; beats `OTEL_TRACES_SAMPLER`. Default: `Sampler::parent_based(Sampler::always_on())`.
    pub fn sampler(mut self, sampler: impl Into<Sampler>) -> Self {
        self.sampler = Some(sampler.into());
        self
    }

    /// Which spans are exported although the sampler dropped them. Default: none.
    pub fn keep(mut self, keep: Keep) -> Self {
        self.keep = Some(keep);
        self
    }

    /// How the context crosses process boundaries; beats `OTEL_PROPAGATORS`. Default: trace context and baggage.
    pub fn propagators(mut self, propagators: impl IntoIterator<Item = Propagator>) -> Self {
        self.propagators = Some(propagators.into_iter().collect());
        self
    }

    /// The export queue; beats all `OTEL_BSP_*` variables. Default: [`Batch::default`].
    pub fn batch(mut self, batch: Batch) -> Self {
        self.batch = Some(batch);
        self
    }

    /// How much one span may carry; beats all limit variables. Default: [`SpanLimits::default`].
    pub fn limits(mut self, limits: SpanLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Whether spans carry `code.function.name`, `code.file.path` and `code.line.number`. Default true.
    pub fn code_attributes(mut self, enabled: bool) -> Self {
        self.code_attributes = enabled;
        self
    }

    /// Whether spans carry `thread.id` and `thread.name`. Default false.
    pub fn thread_attributes(mut self, enabled: bool) -> Self {
        self.thread_attributes = enabled;
        self
    }

    /// Where trace and span ids come from. Default: random ids.
    pub fn id_generator(mut self, generator: impl IdGenerator + 'static) -> Self {
        self.id_generator = Some(Box::new(generator));
        self
    }

    /// Starts tracing: resolves these settings with the environment, opens the exporters and makes this the process's tracing.
    ///
    /// # Errors
    ///
    /// [`InitError`] if tracing is already installed, if a setting cannot work, or if an exporter cannot be opened. Its text says what
    /// to write instead.
    pub fn install(self) -> Result<Guard, InitError> {
        crate::lifecycle::install(self)
    }
}
