//! The span of a function that is not `async`: current on this thread from its start to the function's end, however the function ends.

use super::panics;
use super::start::Begun;
use super::{Attributes, Deferred, Inner, Other, Span};
use crate::messaging::Outgoing;
use crate::outcome::Failure;
use crate::propagation::{Inject, inject_context};
use opentelemetry::ContextGuard;

/// A started span and its place on this thread. Dropping it ends the span; while the thread unwinds, as a panic.
#[derive(Debug)]
#[must_use = "the span ends when this is dropped"]
pub struct Entered {
    inner: Inner,
    guard: Option<ContextGuard>,
    /// Started while the thread was already unwinding: then leaving by unwinding cannot be told from returning.
    unwinding: bool,
}

impl Entered {
    /// No span.
    pub const OFF: Self = Self { inner: Inner::Off, guard: None, unwinding: false };

    pub(crate) fn new(begun: Begun) -> Self {
        Self { inner: begun.inner, guard: begun.context.map(opentelemetry::Context::attach), unwinding: std::thread::panicking() }
    }

    pub(crate) fn later(deferred: Deferred) -> Self {
        Self { inner: Inner::Other(Box::new(Other::deferred(deferred))), guard: None, unwinding: false }
    }

    /// Whether there is nothing at all: no span, and none to be started later.
    #[inline]
    pub fn is_off(&self) -> bool {
        self.inner.is_off()
    }

    /// Whether values written now will be seen by anybody.
    #[inline]
    pub fn is_recording(&self) -> bool {
        !self.inner.is_off() && self.inner.is_recording()
    }

    /// Where values are written.
    pub fn attributes(&mut self) -> &mut Attributes {
        self.inner.attributes()
    }

    /// `into = EXPR`: writes the span's context into a carrier.
    #[doc(hidden)]
    pub fn inject<Via>(&mut self, carrier: &mut (impl Inject<Via> + ?Sized)) {
        inject_context(&self.inner.outgoing_context(), carrier);
    }

    /// `producer(MSG)`: writes the span's context into the message's headers.
    #[doc(hidden)]
    pub fn inject_message(&mut self, message: &mut (impl Outgoing + ?Sized)) {
        crate::messaging::inject_outgoing(message, || self.inner.outgoing_context());
    }

    /// Ends the span.
    #[inline]
    pub fn end(self) {
        drop(self);
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.inner.none_is_error()
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        self.inner.fail(failure);
    }

    /// The span of the future that the function returned.
    pub(crate) fn into_deferred(mut self) -> Option<Span> {
        if self.inner.is_off() {
            return None;
        }
        Some(Span::from_inner(core::mem::replace(&mut self.inner, Inner::Off)))
    }

    #[inline(never)]
    fn close(&mut self) {
        let mut inner = core::mem::replace(&mut self.inner, Inner::Off);
        if !self.unwinding && std::thread::panicking() {
            inner.fail(panics::failure());
        }
        drop(self.guard.take());
        inner.end();
    }
}

impl Drop for Entered {
    #[inline]
    fn drop(&mut self) {
        if !self.inner.is_off() || self.guard.is_some() {
            self.close();
        }
    }
}
