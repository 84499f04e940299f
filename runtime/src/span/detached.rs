//! A span that no thread holds: of an `async` function, or made by hand with [`span!`](crate::span!). It is current only where it is
//! entered, and can move between threads.

use super::panics;
use super::start::Begun;
use super::{Attributes, Inner, Other, in_future, thread};
#[cfg(feature = "sdk")]
use crate::engine::Live;
use crate::messaging::Outgoing;
use crate::outcome::{Failure, Kind as _, Plain};
use crate::propagation::{Inject, inject_context};
use core::future::Future;
#[cfg(feature = "sdk")]
use opentelemetry::Context;
use opentelemetry::ContextGuard;

/// A started span that is not tied to a thread. It ends when it is dropped.
///
/// Made by [`span!`](crate::span!): run code inside it with [`in_scope`](Span::in_scope), await a future inside it with
/// [`wrap`](Span::wrap), or make it current to the end of a block with [`enter`](Span::enter).
#[derive(Debug)]
#[must_use = "the span ends when this is dropped"]
pub struct Span {
    inner: Inner,
}

/// Makes a [`Span`] current on this thread until it is dropped.
#[derive(Debug)]
#[must_use = "the span is current until this is dropped"]
pub struct SpanGuard<'a> {
    span: &'a mut Span,
    guard: Option<ContextGuard>,
    unwinding: bool,
}

impl Span {
    /// No span.
    pub const OFF: Self = Self { inner: Inner::Off };

    pub(crate) fn new(begun: Begun) -> Self {
        let mut inner = begun.inner;
        match (&mut inner, begun.context) {
            #[cfg(feature = "sdk")]
            (Inner::Live(live), Some(context)) => live.keep_context(context),
            (Inner::Off, Some(context)) => inner = Inner::Other(Box::new(Other::attached(context))),
            _ => {}
        }
        Self { inner }
    }

    /// A span of the engine, with the context to be current wherever it is entered.
    #[cfg(feature = "sdk")]
    pub(crate) fn live(mut live: Box<Live>, context: Option<Context>) -> Self {
        if let Some(context) = context {
            live.keep_context(context);
        }
        Self { inner: Inner::Live(live) }
    }

    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self { inner }
    }

    pub(crate) fn into_inner(mut self) -> Inner {
        core::mem::replace(&mut self.inner, Inner::Off)
    }

    /// Whether there is nothing at all.
    #[inline]
    pub(crate) fn is_off(&self) -> bool {
        self.inner.is_off()
    }

    /// Whether values written now will be seen by anybody.
    #[inline]
    pub fn is_recording(&self) -> bool {
        !self.inner.is_off() && self.inner.is_recording()
    }

    /// Where values are written.
    #[doc(hidden)]
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

    /// Ends the span, as dropping it does.
    #[inline]
    pub fn end(self) {
        drop(self);
    }

    /// Runs `body` with this span current.
    pub fn in_scope<R>(&mut self, body: impl FnOnce() -> R) -> R {
        let _current = self.enter();
        body()
    }

    /// Makes this span current on this thread until the guard is dropped. Not across an `await`: see [`Span::wrap`].
    #[inline]
    pub fn enter(&mut self) -> SpanGuard<'_> {
        if self.is_off() { SpanGuard { span: self, guard: None, unwinding: false } } else { self.enter_recorded() }
    }

    /// Not for inlining: a copy in each future costs the compiler more than the call costs the program.
    fn enter_recorded(&mut self) -> SpanGuard<'_> {
        let guard = self.inner.context().cloned().and_then(thread::attach);
        SpanGuard { span: self, guard, unwinding: std::thread::panicking() }
    }

    /// The future inside this span: current wherever it is polled, ended when it ends or is dropped.
    pub fn wrap<F: Future>(self, future: F) -> impl Future<Output = F::Output> + use<F> {
        in_future(self, future, |span, out| Plain.finish(span, out))
    }

    pub(crate) fn none_is_error(&self) -> bool {
        self.inner.none_is_error()
    }

    pub(crate) fn fail(&mut self, failure: Failure) {
        self.inner.fail(failure);
    }

    /// Ends the span of a future that was dropped before it finished.
    #[cold]
    pub(crate) fn cancelled(&mut self) {
        let mut inner = core::mem::replace(&mut self.inner, Inner::Off);
        inner.cancel();
        inner.end();
    }

    /// Starts what was put off until the first poll.
    pub(crate) fn start_deferred(&mut self) {
        self.inner.start_deferred();
    }
}

impl Drop for Span {
    #[inline]
    fn drop(&mut self) {
        if !self.is_off() {
            core::mem::replace(&mut self.inner, Inner::Off).end();
        }
    }
}

impl Drop for SpanGuard<'_> {
    #[inline]
    fn drop(&mut self) {
        if !self.span.is_off() {
            self.leave();
        }
    }
}

impl SpanGuard<'_> {
    fn leave(&mut self) {
        drop(self.guard.take());
        if !self.unwinding && std::thread::panicking() {
            self.span.fail(panics::failure());
            drop(core::mem::replace(self.span, Span::OFF));
        }
    }
}
