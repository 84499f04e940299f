//! What a span handle holds: nothing, a span of the engine, or one of the rarer things.

#[cfg(feature = "sdk")]
use crate::engine::Live;
use crate::outcome::Failure;
use crate::span::{Attributes, Other, thread};
use opentelemetry::{Context, ContextGuard};

/// The state of an [`Entered`](super::Entered) or a [`Span`](super::Span): sixteen bytes, whatever is recorded.
#[derive(Debug)]
pub(crate) enum Inner {
    Off,
    #[cfg(feature = "sdk")]
    Live(Box<Live>),
    Other(Box<Other>),
}

impl Inner {
    #[inline]
    pub(crate) fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }

    pub(crate) fn is_recording(&self) -> bool {
        match self {
            Self::Off => false,
            #[cfg(feature = "sdk")]
            Self::Live(_) => true,
            Self::Other(other) => other.is_recording(),
        }
    }

    /// Where values are written. A span that records nothing is given a place that is thrown away.
    pub(crate) fn attributes(&mut self) -> &mut Attributes {
        if self.is_off() {
            *self = Self::Other(Box::new(Other::nothing()));
        }
        match self {
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.attributes(),
            Self::Other(other) => other.attributes(),
            Self::Off => unreachable!("replaced above"),
        }
    }

    pub(crate) fn none_is_error(&self) -> bool {
        match self {
            Self::Off => false,
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.none_is_error(),
            Self::Other(other) => other.none_is_error(),
        }
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        match self {
            Self::Off => {}
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.fail(failure),
            Self::Other(other) => other.fail(failure),
        }
    }

    /// The future was dropped before it finished.
    pub(crate) fn cancel(&mut self) {
        match self {
            Self::Off => {}
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.event("cancelled"),
            Self::Other(other) => other.event("cancelled"),
        }
    }

    /// The context to be current inside the span, kept for spans that are entered more than once.
    pub(crate) fn context(&self) -> Option<&Context> {
        match self {
            Self::Off => None,
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.context(),
            Self::Other(other) => other.context(),
        }
    }

    /// Starts what was put off until the first poll.
    pub(crate) fn start_deferred(&mut self) {
        if let Self::Other(other) = self
            && let Some(deferred) = other.take_deferred()
        {
            *self = deferred.start().into_inner();
        }
    }

    /// What is injected into a carrier: the span, current or not; without one, the current context.
    pub(crate) fn outgoing_context(&mut self) -> Context {
        self.start_deferred();
        match self {
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.outgoing_context(),
            _ => self.context().cloned().unwrap_or_else(thread::context),
        }
    }

    /// Ends the span that is current by this guard.
    #[inline]
    pub(crate) fn leave(self, guard: Option<ContextGuard>) {
        match self {
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.leave(guard),
            other => {
                drop(guard);
                other.end();
            }
        }
    }

    pub(crate) fn end(self) {
        match self {
            Self::Off => {}
            #[cfg(feature = "sdk")]
            Self::Live(live) => live.end(),
            Self::Other(other) => other.end(),
        }
    }
}
