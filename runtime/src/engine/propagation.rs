//! The propagators of the process: those that `init` installed, for our own calls and, as the global ones, for everybody else's.

use super::{Capture, ENGINE};
use crate::propagation::TraceContext;
use crate::span::thread;
use opentelemetry::Context;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapCompositePropagator, TextMapPropagator};
use opentelemetry_sdk::propagation::BaggagePropagator;
use std::sync::OnceLock;

/// The installed propagators; without `init`, in a test that captures, the specification's default ones.
pub(crate) fn propagator() -> Option<&'static (dyn TextMapPropagator + Send + Sync)> {
    if let Some(engine) = ENGINE.get() {
        return Some(&*engine.propagator.0);
    }
    Capture::of(&thread::context()).map(|_| default())
}

fn default() -> &'static (dyn TextMapPropagator + Send + Sync) {
    static DEFAULT: OnceLock<TextMapCompositePropagator> = OnceLock::new();
    DEFAULT.get_or_init(|| TextMapCompositePropagator::new(vec![Box::new(TraceContext), Box::new(BaggagePropagator::new())]))
}

/// The engine's propagators as the API's global one.
#[derive(Debug)]
pub(crate) struct Propagation;

impl TextMapPropagator for Propagation {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        propagator().unwrap_or_else(default).inject_context(context, injector);
    }

    fn extract_with_context(&self, context: &Context, extractor: &dyn Extractor) -> Context {
        propagator().unwrap_or_else(default).extract_with_context(context, extractor)
    }

    fn fields(&self) -> FieldIter<'_> {
        propagator().unwrap_or_else(default).fields()
    }
}
