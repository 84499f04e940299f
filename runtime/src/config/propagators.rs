//! In: [`Propagator`]s from the builder, or `OTEL_PROPAGATORS`. Out: one composite propagator. Warns by name of one it does not have.

use opentelemetry::propagation::{TextMapCompositePropagator, TextMapPropagator};
use opentelemetry_sdk::propagation::BaggagePropagator;

use super::environment::Reader;
use crate::propagation::TraceContext;

/// A format in which the context crosses a process boundary (specification: context/api-propagators).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Propagator {
    /// W3C Trace Context: `traceparent` and `tracestate`. `tracecontext` in `OTEL_PROPAGATORS`.
    TraceContext,
    /// W3C Baggage: `baggage`. `baggage` in `OTEL_PROPAGATORS`.
    Baggage,
    /// Nothing is injected and nothing extracted. `none` in `OTEL_PROPAGATORS`.
    None,
}

const VARIABLE: &str = "OTEL_PROPAGATORS";
const DEFAULT: [Propagator; 2] = [Propagator::TraceContext, Propagator::Baggage];

/// Builder, then `OTEL_PROPAGATORS`, then `tracecontext,baggage`; duplicates count once.
pub(crate) fn resolve(built: Option<Vec<Propagator>>, reader: &mut Reader<'_>) -> Vec<Propagator> {
    let mut chosen = built.unwrap_or_else(|| from_environment(reader));
    chosen.retain(|propagator| *propagator != Propagator::None);
    let mut seen = Vec::new();
    chosen.retain(|propagator| {
        !seen.contains(propagator) && {
            seen.push(*propagator);
            true
        }
    });
    chosen
}

/// One propagator that runs all of `propagators`; an empty list does nothing.
pub(crate) fn compose(propagators: &[Propagator]) -> Box<dyn TextMapPropagator + Send + Sync> {
    let parts = propagators.iter().filter_map(|propagator| -> Option<Box<dyn TextMapPropagator + Send + Sync>> {
        match propagator {
            Propagator::TraceContext => Some(Box::new(TraceContext)),
            Propagator::Baggage => Some(Box::new(BaggagePropagator::new())),
            Propagator::None => None,
        }
    });
    Box::new(TextMapCompositePropagator::new(parts.collect()))
}

fn from_environment(reader: &mut Reader<'_>) -> Vec<Propagator> {
    let Some(value) = reader.text(VARIABLE) else { return DEFAULT.to_vec() };
    let mut chosen = Vec::new();
    for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name.to_ascii_lowercase().as_str() {
            "tracecontext" => chosen.push(Propagator::TraceContext),
            "baggage" => chosen.push(Propagator::Baggage),
            "none" => chosen.push(Propagator::None),
            _ => reader.warn(VARIABLE, name, "not available in this build, left out; available are tracecontext, baggage, none"),
        }
    }
    if chosen.is_empty() { DEFAULT.to_vec() } else { chosen }
}
