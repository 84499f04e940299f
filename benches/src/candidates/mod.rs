//! The libraries side by side: the same functions, written as each library's documentation says, and each library's own way to start.
//! Every candidate exports to the same exporter through a queue of the same size.

mod auto_span;
mod bare;
mod fastrace;
mod sdk;
mod traced;
mod tracing;

use crate::row::Row;
use core::fmt;
use core::pin::Pin;

/// Children of a trace's root.
pub const CHILDREN: u64 = 10;
/// Spans of a trace.
pub const SPANS: u64 = CHILDREN + 1;
/// 16 bytes.
pub const TEXT: &str = "order-0123456789";

/// A library, in one configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidate {
    /// The same functions without spans.
    Bare,
    /// `#[traced]`.
    Traced,
    /// The OpenTelemetry SDK by hand.
    Sdk,
    /// `#[instrument]` and tracing-opentelemetry as they come.
    Tracing,
    /// The same with everything optional off, interoperability with `Context` too.
    TracingLean,
    /// fastrace's `#[trace]`.
    Fastrace,
    /// `#[auto_span]`.
    AutoSpan,
}

/// One trace of each kind.
#[derive(Clone, Copy)]
pub struct Functions {
    /// A root and its children.
    pub plain: fn(),
    /// With three attributes.
    pub attributes: Option<fn()>,
    /// With a recorded error.
    pub error: fn(),
    /// Decided not to be recorded.
    pub unsampled: fn(),
    /// Children that are not current.
    pub leaf: Option<fn()>,
    /// Suspended once in every child.
    pub asynchronous: fn() -> Future,
}

/// A trace that is polled.
pub type Future = Pin<Box<dyn core::future::Future<Output = ()> + Send>>;

/// How a candidate starts.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// Whether traces are recorded.
    pub sampled: bool,
    /// Spans that the export queue holds.
    pub queue: usize,
    /// Whether unsampled traces are held in case they fail.
    pub keep: bool,
    /// Whether spans go to the collector that the environment names, instead of the counter.
    pub otlp: bool,
}

/// A candidate that has started.
pub trait Installed {
    /// Exports everything that has ended.
    fn flush(&self);
    /// The same, for the last time.
    fn shutdown(self: Box<Self>);
}

/// Where a function fails.
#[derive(Debug)]
pub struct Failure;

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the card has expired")
    }
}

impl std::error::Error for Failure {}

impl Candidate {
    /// In the order of the table, without [`Candidate::Bare`].
    pub const ALL: [Self; 6] = [Self::Traced, Self::Sdk, Self::AutoSpan, Self::Tracing, Self::TracingLean, Self::Fastrace];

    /// On the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Traced => "traced",
            Self::Sdk => "sdk",
            Self::Tracing => "tracing",
            Self::TracingLean => "tracing-lean",
            Self::Fastrace => "fastrace",
            Self::AutoSpan => "auto-span",
        }
    }

    /// In the table.
    pub fn label(self) -> &'static str {
        match self {
            Self::Bare => "no spans",
            Self::Traced => "**traced**",
            Self::Sdk => "OpenTelemetry SDK",
            Self::Tracing => "tracing + bridge",
            Self::TracingLean => "the same, lean",
            Self::Fastrace => "fastrace",
            Self::AutoSpan => "auto-span",
        }
    }

    /// The candidate of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Bare]).find(|candidate| candidate.name() == name)
    }

    /// Starts the library.
    pub fn install(self, setup: Setup) -> Box<dyn Installed> {
        match self {
            Self::Bare => bare::install(),
            Self::Traced => traced::install(setup),
            Self::Sdk | Self::AutoSpan => sdk::install(setup),
            Self::Tracing => tracing::install(setup, false),
            Self::TracingLean => tracing::install(setup, true),
            Self::Fastrace => fastrace::install(setup),
        }
    }

    /// What the library traces.
    pub fn functions(self) -> Functions {
        match self {
            Self::Bare => bare::FUNCTIONS,
            Self::Traced => traced::FUNCTIONS,
            Self::Sdk => sdk::FUNCTIONS,
            Self::Tracing | Self::TracingLean => tracing::FUNCTIONS,
            Self::Fastrace => fastrace::FUNCTIONS,
            Self::AutoSpan => auto_span::FUNCTIONS,
        }
    }

    /// Whether the candidate can do what the row measures.
    pub fn has(self, row: Row) -> bool {
        match row {
            Row::Attributes | Row::MemoryAttributes => self.functions().attributes.is_some(),
            Row::Leaf => self.functions().leaf.is_some(),
            Row::Keep => self == Self::Traced,
            Row::Http | Row::HttpAttributes | Row::Grpc => matches!(self, Self::Traced | Self::Sdk | Self::Fastrace),
            _ => true,
        }
    }
}

impl fmt::Debug for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Functions").finish_non_exhaustive()
    }
}
