//! Tests that look at the trace a piece of code leaves: captured in the test itself, nothing global, so that tests run in parallel.

mod trace;

pub use trace::{Span, Trace};

use crate::engine::{Capture, CaptureScope, Provider};
use crate::span::{capturing, install_hook};
use core::future::Future;
use opentelemetry::Context;
use opentelemetry::context::FutureExt as _;
use opentelemetry::trace::{Tracer, TracerProvider};
use std::sync::Arc;

/// Runs `body` and returns what it returned and the trace of what ran in it: on this thread, and wherever the context was carried.
///
/// ```
/// use traced::traced;
///
/// #[traced(attributes(order.id = id))]
/// fn process_order(id: &str) {}
///
/// let ((), trace) = traced::testing::capture(|| process_order("ord-1"));
/// assert_eq!(trace.tree(), "process_order [order.id=ord-1]\n");
/// ```
pub fn capture<T>(body: impl FnOnce() -> T) -> (T, Trace) {
    let (scope, context) = Scope::open();
    let out = {
        let _current = context.attach();
        body()
    };
    (out, scope.trace())
}

/// The same for a future; it follows the context through [`spawn`](crate::spawn), [`bind`](crate::bind) and the API's own means.
pub async fn capture_async<F: Future>(body: F) -> (F::Output, Trace) {
    let (scope, context) = Scope::open();
    let out = body.with_context(context).await;
    (out, scope.trace())
}

/// A provider for code under test that uses the plain API: its spans go to the capture of the context they start in, beside the annotated
/// functions' spans. Install it with `opentelemetry::global::set_tracer_provider`, as often as you like.
pub fn tracer_provider() -> impl TracerProvider<Tracer: Tracer<Span: Send + Sync + 'static> + Send + Sync + 'static> + Send + Sync + 'static
{
    Provider
}

/// A running capture.
struct Scope(Arc<Capture>);

impl Scope {
    fn open() -> (Self, Context) {
        install_hook();
        capturing(true);
        let capture = Capture::new();
        let context = Context::new().with_value(CaptureScope(Arc::clone(&capture)));
        (Self(capture), context)
    }

    fn trace(&self) -> Trace {
        Trace::new(self.0.finished())
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        capturing(false);
    }
}
