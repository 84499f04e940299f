//! A span that starts when its future is first polled: what the arguments gave at the call, kept until then.

use super::start::{Name, Parent, Start};
use super::{Attributes, Callsite, Span};
use opentelemetry::trace::{Link, SpanKind};
use std::borrow::Cow;

/// A span that starts when its future is first polled.
#[derive(Debug)]
pub(crate) struct Deferred {
    pub(super) callsite: Callsite,
    pub(super) name: Option<Cow<'static, str>>,
    pub(super) kind: Option<SpanKind>,
    pub(super) parent: Parent,
    pub(super) links: Vec<Link>,
    pub(super) known: Attributes,
}

impl Deferred {
    pub(crate) fn start(self) -> Span {
        let Self { callsite, name, kind, parent, links, known } = self;
        let name = name.map_or(Name::Callsite, Name::Given);
        let mut start = Start::at(callsite);
        (start.name, start.kind, start.parent) = (name, kind, parent);
        (start.links, start.known) = (links, known);
        start.start()
    }
}
