//! How a span starts: what the arguments of the attribute say beyond a name. In: expressions over the function's parameters, evaluated only
//! where a span may start. Out: an [`Entered`] or a [`Span`].

#[cfg(feature = "sdk")]
use super::only_engine;
use super::place::{IntoLink, IntoParent};
use super::{Attributes, Backend, Callsite, Deferred, Entered, Inner, Other, Site, Span, backend, thread};
#[cfg(feature = "sdk")]
use crate::engine::{Plain, begin_plain};
use crate::messaging::{Consumed, Outgoing};
use crate::outcome::Mode;
use crate::propagation::{self, Extract};
use core::fmt;
use opentelemetry::trace::{Link, SpanBuilder, SpanContext, SpanKind, TraceContextExt as _};
use opentelemetry::{Context, KeyValue};
use std::borrow::Cow;
use std::time::SystemTime;

/// A span about to start.
pub struct Start<'a> {
    pub(crate) callsite: Callsite,
    pub(crate) name: Name<'a>,
    pub(crate) kind: Option<SpanKind>,
    pub(crate) parent: Parent,
    pub(crate) links: Vec<Link>,
    /// Known before the span starts: a message's description, what was evaluated for a future.
    pub(crate) known: Attributes,
    /// When the work began, where that was before the span could be described: a poll knows its messages at its end.
    pub(crate) since: Option<SystemTime>,
    attributes: Option<&'a mut dyn FnMut(&mut Attributes)>,
    enclosing: bool,
    mode: Mode,
}

/// The span's name: the callsite's, or made when it is needed.
pub(crate) enum Name<'a> {
    Callsite,
    Lazy(&'a dyn Fn() -> Cow<'static, str>),
    Given(Cow<'static, str>),
}

/// The context a span starts in.
#[derive(Debug)]
pub(crate) enum Parent {
    Current,
    Root,
    Given(Context),
}

/// What starting a span gave: the span, and the context to be current inside it.
#[derive(Debug)]
pub(crate) struct Begun {
    pub(crate) inner: Inner,
    pub(crate) context: Option<Context>,
}

impl Begun {
    pub(crate) const OFF: Self = Self { inner: Inner::Off, context: None };
}

impl<'a> Start<'a> {
    /// A span as the site says; `here` is a closure that does nothing, in the function that the span is of.
    #[inline]
    pub fn new<F: Fn()>(site: &'static Site, here: F) -> Self {
        Self::at(Callsite::new(site, here))
    }

    #[inline]
    pub(crate) fn at(callsite: Callsite) -> Self {
        Self {
            callsite,
            name: Name::Callsite,
            kind: None,
            parent: Parent::Current,
            links: Vec::new(),
            known: Attributes::default(),
            since: None,
            attributes: None,
            enclosing: false,
            mode: Mode::Call,
        }
    }

    /// `name = EXPR`.
    #[must_use]
    pub fn name(mut self, name: &'a dyn Fn() -> Cow<'static, str>) -> Self {
        self.name = Name::Lazy(name);
        self
    }

    /// `parent = EXPR`.
    #[must_use]
    pub fn parent(mut self, parent: impl IntoParent) -> Self {
        self.parent = Parent::Given(parent.parent_context());
        self
    }

    /// `root` and `root(link)`: baggage is kept.
    #[must_use]
    pub fn root(mut self, link: bool) -> Self {
        self.parent = Parent::Root;
        if link {
            self.push_link(thread::context().span().span_context().clone());
        }
        self
    }

    /// `current`: no span of its own.
    #[must_use]
    pub fn current(mut self) -> Self {
        self.enclosing = true;
        self
    }

    /// `from = EXPR`.
    #[must_use]
    #[allow(clippy::should_implement_trait, clippy::wrong_self_convention)] // the argument's name
    pub fn from<Via>(mut self, carrier: &(impl Extract<Via> + ?Sized)) -> Self {
        self.parent = Parent::Given(propagation::extract(carrier));
        self
    }

    /// `link = EXPR`.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // contexts and references to carriers alike
    pub fn link<Via>(mut self, link: impl IntoLink<Via>) -> Self {
        self.push_link(link.linked());
        self
    }

    /// `links = EXPR`.
    #[must_use]
    pub fn links<Via>(mut self, links: impl IntoIterator<Item: IntoLink<Via>>) -> Self {
        for link in links {
            self.push_link(link.linked());
        }
        self
    }

    /// `consumer(MSG)` and `consumer(MSG, link)`.
    #[must_use]
    pub fn consumer(mut self, message: &(impl Consumed + ?Sized), link_only: bool) -> Self {
        self.kind = Some(SpanKind::Consumer);
        message.consume(&mut crate::messaging::Handling { start: &mut self, link_only });
        self
    }

    /// `producer(MSG)`: what the message says of itself; its headers are written when the span has started. A message that brings a
    /// creation context keeps it and is linked.
    #[must_use]
    pub fn producer(mut self, message: &(impl Outgoing + ?Sized)) -> Self {
        crate::messaging::describe_outgoing(&mut self, message);
        self
    }

    /// `attributes(…)`, `args`, `#[attr]`.
    #[must_use]
    pub fn attributes(mut self, attributes: &'a mut dyn FnMut(&mut Attributes)) -> Self {
        self.attributes = Some(attributes);
        self
    }

    /// Whether the span covers the call or the future it returns.
    #[must_use]
    pub fn mode(mut self, mode: impl Into<Mode>) -> Self {
        self.mode = mode.into();
        self
    }

    /// Starts the span and makes it current.
    pub fn enter(self) -> Entered {
        if self.mode == Mode::Future && !self.enclosing {
            return Entered::later(self.defer());
        }
        Entered::new(self.begin())
    }

    /// Starts the span.
    pub fn start(self) -> Span {
        Span::new(self.begin())
    }

    /// Everything that borrows the function's parameters, evaluated.
    fn defer(mut self) -> Deferred {
        self.evaluate_attributes();
        Deferred {
            callsite: self.callsite,
            name: (!matches!(self.name, Name::Callsite)).then(|| self.span_name()),
            kind: self.kind,
            parent: self.parent,
            links: self.links,
            known: self.known,
        }
    }

    #[cfg_attr(not(feature = "sdk"), allow(unused_mut))]
    fn begin(mut self) -> Begun {
        if thread::is_ending() {
            return Begun::OFF;
        }
        if self.enclosing {
            return self.begin_enclosing();
        }
        #[cfg(feature = "sdk")]
        if self.is_plain() && only_engine() {
            let attributes = &mut self.attributes;
            match begin_plain(self.callsite, |to| attributes.iter_mut().for_each(|attributes| attributes(to))) {
                Plain::Begun(live, context) => return Begun { inner: Inner::Live(live), context },
                Plain::Nothing => return Begun::OFF,
                Plain::Unusual => {}
            }
        }
        match self.backend() {
            Backend::Off => Begun::OFF,
            #[cfg(feature = "sdk")]
            Backend::Engine(home) => crate::engine::begin(&mut self, home),
            Backend::Global => self.begin_global(),
        }
    }

    /// Whether nothing is said beyond attributes.
    #[cfg(feature = "sdk")]
    #[inline]
    fn is_plain(&self) -> bool {
        matches!((&self.name, &self.parent), (Name::Callsite, Parent::Current))
            && self.kind.is_none()
            && self.since.is_none()
            && self.links.is_empty()
            && self.known.is_empty()
    }

    /// Where the span goes: as the current context says, or its parent, which may have come from another thread.
    fn backend(&self) -> Backend {
        match (Context::map_current(backend), &self.parent) {
            (Backend::Off, Parent::Given(parent)) if !Context::is_current_telemetry_suppressed() => backend(parent),
            (backend, _) => backend,
        }
    }

    fn begin_enclosing(mut self) -> Begun {
        let context = Context::current();
        if !context.span().is_recording() {
            return Begun::OFF;
        }
        self.evaluate_attributes();
        context.span().set_attributes(self.known.key_values());
        Begun { inner: Inner::Other(Box::new(Other::enclosing(context, self.callsite))), context: None }
    }

    fn begin_global(mut self) -> Begun {
        self.evaluate_attributes();
        let parent = self.parent_context();
        let mut attributes: Vec<KeyValue> = self.known.key_values();
        if !self.callsite.file.is_empty() {
            attributes.push(KeyValue::new("code.function.name", self.callsite.function()));
            attributes.push(KeyValue::new("code.file.path", self.callsite.file));
            attributes.push(KeyValue::new("code.line.number", i64::from(self.callsite.line)));
        }
        let mut builder = SpanBuilder::from_name(self.span_name())
            .with_kind(self.span_kind())
            .with_attributes(attributes)
            .with_links(core::mem::take(&mut self.links));
        builder.start_time = self.since;
        let other = Other::global(builder, &parent, self.callsite);
        let context = (!self.callsite.leaf).then(|| other.context().cloned()).flatten();
        Begun { inner: Inner::Other(Box::new(other)), context }
    }

    /// The context that the span's own context is made from.
    pub(crate) fn parent_context(&self) -> Context {
        match &self.parent {
            Parent::Current => Context::current(),
            Parent::Root => Context::current().with_remote_span_context(SpanContext::NONE),
            Parent::Given(context) => context.clone(),
        }
    }

    pub(crate) fn span_name(&self) -> Cow<'static, str> {
        match &self.name {
            Name::Callsite => Cow::Borrowed(self.callsite.name),
            Name::Lazy(name) => name(),
            Name::Given(name) => name.clone(),
        }
    }

    pub(crate) fn span_kind(&self) -> SpanKind {
        self.kind.clone().unwrap_or_else(|| self.callsite.kind.clone())
    }

    /// Calls the user's expressions for the attributes, once.
    pub(crate) fn evaluate_attributes(&mut self) {
        if let Some(attributes) = self.attributes.take() {
            attributes(&mut self.known);
        }
    }

    #[cfg(feature = "sdk")]
    /// The same, into another place than [`Start::known`].
    pub(crate) fn attributes_into(&mut self, to: &mut Attributes) {
        if let Some(attributes) = self.attributes.take() {
            attributes(to);
        }
    }

    pub(crate) fn push_link(&mut self, to: SpanContext) {
        if to.is_valid() {
            self.links.push(Link::with_context(to));
        }
    }
}

impl fmt::Debug for Start<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start").field("callsite", &self.callsite).field("parent", &self.parent).finish_non_exhaustive()
    }
}

/// The parent as a sampler is shown it: the SDK's takes a span that is none for one that is not sampled.
pub(crate) fn parent_in(surroundings: &Context) -> Context {
    let is_root = surroundings.has_active_span() && !surroundings.span().span_context().is_valid();
    if is_root { Context::new() } else { surroundings.clone() }
}

/// Names the span, unless `name = …` has.
pub(crate) fn start_name(start: &mut Start<'_>, name: impl FnOnce() -> String) {
    if matches!(start.name, Name::Callsite) {
        start.name = Name::Given(Cow::Owned(name()));
    }
}

/// The name that `name = EXPR` gives.
pub fn name(name: impl SpanName) -> Cow<'static, str> {
    name.span_name()
}

/// What `name = …` takes: text, owned or borrowed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the name of a span",
    label = "expected a `&str`, a `String` or a `Cow<str>`",
    note = "write `name = format!(\"{{value}}\")`, or keep the value out of the name and capture it: `attributes(value)`"
)]
pub trait SpanName {
    /// The name; what is borrowed is copied, because the span lives longer.
    fn span_name(self) -> Cow<'static, str>;
}

impl SpanName for String {
    fn span_name(self) -> Cow<'static, str> {
        Cow::Owned(self)
    }
}

impl SpanName for Cow<'_, str> {
    fn span_name(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: AsRef<str> + ?Sized> SpanName for &T {
    fn span_name(self) -> Cow<'static, str> {
        Cow::Owned(self.as_ref().to_owned())
    }
}
