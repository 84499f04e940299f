//! The span of a function that is not `async`: current on this thread from its start to the function's end, however the function ends.

use super::panics;
use super::start::Begun;
use super::{Attributes, Deferred, Inner, Other, Span, thread};
#[cfg(feature = "sdk")]
use crate::engine::Live;
use crate::messaging::Outgoing;
use crate::propagation::{Inject, inject_context};
use opentelemetry::{Context, ContextGuard};

/// A started span and its place on this thread. Dropping it ends the span; while the thread unwinds, as a panic.
#[derive(Debug)]
#[must_use = "the span ends when this is dropped"]
pub struct Entered(Option<Active>);

/// What there is to undo.
#[derive(Debug)]
struct Active {
    inner: Inner,
    guard: Option<ContextGuard>,
    /// Started while the thread was already unwinding: then leaving by unwinding cannot be told from returning.
    unwinding: bool,
}

impl Entered {
    /// No span.
    pub const OFF: Self = Self(None);

    #[inline]
    pub(crate) fn new(begun: Begun) -> Self {
        if begun.inner.is_off() && begun.context.is_none() {
            return Self::OFF;
        }
        let guard = begun.context.map(Context::attach);
        Self(Some(Active { inner: begun.inner, guard, unwinding: std::thread::panicking() }))
    }

    /// A span of the engine, made current if it has a context.
    #[cfg(feature = "sdk")]
    #[inline]
    pub(crate) fn live(live: Box<Live>, context: Option<Context>) -> Self {
        Self(Some(Active { inner: Inner::Live(live), guard: context.map(Context::attach), unwinding: std::thread::panicking() }))
    }

    pub(crate) fn later(deferred: Deferred) -> Self {
        Self(Some(Active { inner: Inner::Other(Box::new(Other::deferred(deferred))), guard: None, unwinding: false }))
    }

    /// Whether there is nothing at all: no span, and none to be started later.
    #[inline]
    pub fn is_off(&self) -> bool {
        self.0.is_none()
    }

    /// Whether values written now will be seen by anybody.
    #[inline]
    pub fn is_recording(&self) -> bool {
        self.0.as_ref().is_some_and(|active| active.inner.is_recording())
    }

    /// Where values are written.
    pub fn attributes(&mut self) -> &mut Attributes {
        let nothing = || Active { inner: Inner::Off, guard: None, unwinding: false };
        self.0.get_or_insert_with(nothing).inner.attributes()
    }

    /// `into = EXPR`: writes the span's context into a carrier.
    #[doc(hidden)]
    pub fn inject<Via>(&mut self, carrier: &mut (impl Inject<Via> + ?Sized)) {
        inject_context(&self.outgoing_context(), carrier);
    }

    /// `producer(MSG)`: writes the span's context into the message's headers.
    #[doc(hidden)]
    pub fn inject_message(&mut self, message: &mut (impl Outgoing + ?Sized)) {
        crate::messaging::inject_outgoing(message, || self.outgoing_context());
    }

    fn outgoing_context(&mut self) -> Context {
        self.0.as_mut().map_or_else(thread::context, |active| active.inner.outgoing_context())
    }

    /// Ends the span.
    #[inline]
    pub fn end(self) {
        drop(self);
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.0.as_ref().is_some_and(|active| active.inner.none_is_error())
    }

    /// The span of the future that the function returned.
    pub(crate) fn into_deferred(self) -> Option<Span> {
        let mut active = self.0?;
        Some(Span::from_inner(core::mem::replace(&mut active.inner, Inner::Off)))
    }
}

impl Drop for Active {
    #[inline(never)]
    fn drop(&mut self) {
        let mut inner = core::mem::replace(&mut self.inner, Inner::Off);
        if !self.unwinding && std::thread::panicking() {
            inner.fail(panics::failure());
        }
        inner.leave(self.guard.take());
    }
}
