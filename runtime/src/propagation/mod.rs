//! Contexts across process borders: into the headers of a request or message, and out of them.
//! In: a carrier - any `opentelemetry::propagation` `Injector`/`Extractor`, or one of the types below. Out: a [`Context`], or entries in
//! the carrier. What is malformed is ignored, as the W3C specification says: the next span begins a new trace.

#[cfg(feature = "rskafka")]
mod bytes_map;
mod carriers;
#[cfg(any(feature = "rdkafka", feature = "lapin", feature = "async-nats"))]
mod collected;
#[cfg(feature = "lapin")]
mod lapin_headers;
#[cfg(feature = "async-nats")]
mod nats_headers;
#[cfg(feature = "rdkafka")]
mod rdkafka_headers;
#[cfg(feature = "sdk")]
mod trace_context;

pub use carriers::{ViaApi, ViaOwn};
#[cfg(feature = "sdk")]
pub(crate) use trace_context::TraceContext;

use crate::span::thread;
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};

/// A carrier that can be written.
///
/// Implement [`opentelemetry::propagation::Injector`] for a carrier of your own; this trait follows from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a carrier that a context can be injected into",
    label = "expected `&mut` of a map of headers",
    note = "implement `opentelemetry::propagation::Injector` for it, or pass its headers: `into = &mut message.headers`"
)]
pub trait Inject<Via> {
    /// Calls `write` with the carrier as the API's `Injector`.
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector));
}

/// A carrier that can be read.
///
/// Implement [`opentelemetry::propagation::Extractor`] for a carrier of your own; this trait follows from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a carrier that a context can be extracted from",
    label = "expected a map of headers",
    note = "implement `opentelemetry::propagation::Extractor` for it, or pass its headers: `from = message.headers`"
)]
pub trait Extract<Via> {
    /// Calls `read` with the carrier as the API's `Extractor`.
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor));
}

/// Writes the current context into `carrier` with the installed propagators (W3C Trace Context and Baggage by default). Entries of the
/// same name are replaced.
pub fn inject<Via>(carrier: &mut (impl Inject<Via> + ?Sized)) {
    inject_context(&thread::context(), carrier);
}

/// Reads the context that `carrier` brought, upon the current one: without a valid one in it, that is the current context itself.
pub fn extract<Via>(carrier: &(impl Extract<Via> + ?Sized)) -> Context {
    extract_into(carrier, &thread::context())
}

/// Writes this context into `carrier`, as [`inject`] does the current one.
pub fn inject_context<Via>(context: &Context, carrier: &mut (impl Inject<Via> + ?Sized)) {
    carrier.with_injector(&mut |injector| with_propagator(|propagator| propagator.inject_context(context, injector)));
}

pub(crate) fn extract_into<Via>(carrier: &(impl Extract<Via> + ?Sized), base: &Context) -> Context {
    let mut context = base.clone();
    carrier.with_extractor(&mut |extractor| {
        context = with_propagator(|propagator| propagator.extract_with_context(base, extractor));
    });
    context
}

/// The installed propagators; in a test that captures without `init`, the default ones; else the application's global ones.
fn with_propagator<T>(mut use_it: impl FnMut(&dyn TextMapPropagator) -> T) -> T {
    #[cfg(feature = "sdk")]
    if let Some(propagator) = crate::engine::propagator() {
        return use_it(propagator);
    }
    opentelemetry::global::get_text_map_propagator(|propagator| use_it(propagator))
}
