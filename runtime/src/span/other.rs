//! The rarer things a span handle can hold: a span of the application's own provider, the enclosing span (`current`), a context that is
//! only attached (an unsampled trace), a span that starts when its future is first polled.

use super::start::parent_in;
use super::{Attributes, Callsite, Deferred, current};
use crate::outcome::Failure;
use opentelemetry::trace::{SpanBuilder, TraceContextExt as _, Tracer as _};
use opentelemetry::{Context, global};

#[derive(Debug)]
pub(crate) struct Other {
    role: Role,
    attributes: Attributes,
    callsite: Option<Callsite>,
}

#[derive(Debug)]
enum Role {
    Nothing,
    /// A context without a recorded span: an unsampled trace.
    Attached(Context),
    /// A span of the global provider, ended with this handle.
    Global(Context),
    /// The enclosing span, which goes on.
    Enclosing(Context),
    /// What a span starts from at the first poll of the future.
    Deferred(Option<Deferred>),
}

impl Other {
    fn new(role: Role, callsite: Callsite) -> Self {
        Self { role, attributes: Attributes::default(), callsite: Some(callsite) }
    }

    pub(crate) fn nothing() -> Self {
        Self { role: Role::Nothing, attributes: Attributes::default(), callsite: None }
    }

    pub(crate) fn attached(context: Context) -> Self {
        Self { role: Role::Attached(context), attributes: Attributes::default(), callsite: None }
    }

    pub(crate) fn enclosing(context: Context, callsite: Callsite) -> Self {
        Self::new(Role::Enclosing(context), callsite)
    }

    pub(crate) fn deferred(deferred: Deferred) -> Self {
        let callsite = deferred.callsite;
        Self::new(Role::Deferred(Some(deferred)), callsite)
    }

    /// Starts a span of the application's own provider, with the scope of the annotated crate.
    pub(crate) fn global(builder: SpanBuilder, surroundings: &Context, callsite: Callsite) -> Self {
        let span = global::tracer_with_scope(callsite.scope()).build_with_context(builder, &parent_in(surroundings));
        Self::new(Role::Global(surroundings.with_span(span)), callsite)
    }

    pub(crate) fn is_recording(&self) -> bool {
        match &self.role {
            Role::Global(context) | Role::Enclosing(context) => context.span().is_recording(),
            Role::Nothing | Role::Attached(_) | Role::Deferred(_) => false,
        }
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.callsite.is_some_and(|callsite| callsite.none_is_error)
    }

    pub(crate) fn attributes(&mut self) -> &mut Attributes {
        &mut self.attributes
    }

    pub(crate) fn context(&self) -> Option<&Context> {
        match &self.role {
            Role::Attached(context) | Role::Global(context) => Some(context),
            Role::Nothing | Role::Enclosing(_) | Role::Deferred(_) => None,
        }
    }

    pub(crate) fn take_deferred(&mut self) -> Option<Deferred> {
        match &mut self.role {
            Role::Deferred(deferred) => deferred.take(),
            _ => None,
        }
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        if let Role::Global(context) | Role::Enclosing(context) = &self.role {
            current::record_on(&context.span(), failure);
        }
    }

    pub(crate) fn event(&mut self, name: &'static str) {
        if let Role::Global(context) = &self.role {
            context.span().add_event(name, Vec::new());
        }
    }

    pub(crate) fn end(self) {
        match &self.role {
            Role::Global(context) | Role::Enclosing(context) => {
                let (attributes, failure) = self.attributes.read().take(usize::MAX);
                context.span().set_attributes(attributes);
                if let Some(failure) = failure {
                    current::record_on(&context.span(), failure);
                }
            }
            Role::Nothing | Role::Attached(_) | Role::Deferred(_) => {}
        }
        if let Role::Global(context) = &self.role {
            context.span().end();
        }
    }
}
