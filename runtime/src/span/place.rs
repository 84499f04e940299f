//! What can be a span's parent, and what it can be linked to. In: contexts of the API, carriers, references to them. Out: a `Context` or a
//! `SpanContext`; anything else is a compile error that says what is allowed.

use super::thread;
use crate::propagation::{Extract, extract_into};
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt as _};

/// What `parent = …` takes: a [`Context`] or a [`SpanContext`], or a reference to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the parent of a span",
    label = "expected a `Context` or a `SpanContext`, or a reference to one",
    note = "to read the parent from headers or a message, write `from = …`"
)]
pub trait IntoParent {
    /// The context to start in.
    fn parent_context(&self) -> Context;
}

impl IntoParent for Context {
    fn parent_context(&self) -> Context {
        self.clone()
    }
}

impl IntoParent for SpanContext {
    fn parent_context(&self) -> Context {
        thread::context().with_remote_span_context(self.clone())
    }
}

impl<P: IntoParent + ?Sized> IntoParent for &P {
    fn parent_context(&self) -> Context {
        (**self).parent_context()
    }
}

/// What `link = …` takes: a [`SpanContext`] or [`Context`], a carrier, or a reference to one.
#[diagnostic::on_unimplemented(
    message = "a span cannot be linked to `{Self}`",
    label = "expected a `SpanContext`, a `Context`, or a carrier",
    note = "carriers are the types that `traced::extract` reads: maps of headers, messages' headers, and any `opentelemetry::propagation::Extractor`"
)]
pub trait IntoLink<Via> {
    /// The span to link to; invalid if there is none.
    fn linked(&self) -> SpanContext;
}

/// A link given as a context of the API.
#[derive(Debug)]
pub struct ViaContext;

/// A link read from a carrier.
#[derive(Debug)]
pub struct ViaCarrier<Via>(Via);

macro_rules! links {
    ($($context:ty),*) => {
        $(impl IntoLink<ViaContext> for $context {
            fn linked(&self) -> SpanContext {
                self.span().span_context().clone()
            }
        })*
    };
    (=> $($span_context:ty),*) => {
        $(impl IntoLink<ViaContext> for $span_context {
            fn linked(&self) -> SpanContext {
                SpanContext::clone(self)
            }
        })*
    };
}

links!(Context, &Context, &&Context);
links!(=> SpanContext, &SpanContext, &&SpanContext);

impl<Via, C: Extract<Via> + ?Sized> IntoLink<ViaCarrier<Via>> for C {
    fn linked(&self) -> SpanContext {
        extract_into(self, &Context::new()).span().span_context().clone()
    }
}
