//! One span while it is recorded. The common part is plain data; what few spans have lives in a box beside it.

use super::Home;
use crate::outcome::Failure;
use crate::span::{Attributes, Callsite};
use fastant::Instant;
use opentelemetry::trace::{Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState};
use opentelemetry::{InstrumentationScope, KeyValue};
use std::borrow::Cow;
use std::time::SystemTime;

#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) head: Head,
    pub(crate) attributes: Attributes,
    pub(crate) rare: Option<Box<Rare>>,
    pub(crate) home: Home,
}

/// What every span has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// `None` for spans of the plain API, whose name, kind and scope are in [`Rare`].
    pub(crate) callsite: Option<Callsite>,
    pub(crate) trace_id: Halves,
    pub(crate) span_id: SpanId,
    pub(crate) parent_span_id: SpanId,
    pub(crate) trace_flags: TraceFlags,
    pub(crate) parent_is_remote: bool,
    /// Not sampled, and recorded for `keep`.
    pub(crate) held: bool,
    pub(crate) start: Instant,
    pub(crate) end: Instant,
}

/// A trace id, without the alignment that would make every head larger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Halves(u64, u64);

impl From<TraceId> for Halves {
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // the lower half
    fn from(id: TraceId) -> Self {
        let id = u128::from_be_bytes(id.to_bytes());
        Self((id >> 64) as u64, id as u64)
    }
}

impl From<Halves> for TraceId {
    #[inline]
    fn from(Halves(high, low): Halves) -> Self {
        Self::from((u128::from(high) << 64) | u128::from(low))
    }
}

/// What few spans have.
#[derive(Debug, Default)]
pub(crate) struct Rare {
    pub(crate) name: Option<Cow<'static, str>>,
    pub(crate) kind: Option<SpanKind>,
    pub(crate) scope: Option<InstrumentationScope>,
    pub(crate) trace_state: TraceState,
    pub(crate) attributes: Vec<KeyValue>,
    /// Attributes from inside that a [chunk](super::chunk) does not take: arrays, and too many of them.
    pub(crate) aside: Attributes,
    pub(crate) events: Vec<Event>,
    pub(crate) links: Vec<Link>,
    pub(crate) status: Status,
    pub(crate) failure: Option<Failure>,
    pub(crate) start: Option<SystemTime>,
    pub(crate) end: Option<SystemTime>,
}

impl Record {
    /// An empty record, to be filled when a span starts.
    pub(crate) fn blank() -> Self {
        Self { head: Head::BLANK, attributes: Attributes::default(), rare: None, home: Home::Engine }
    }

    pub(crate) fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Moves the attributes into the box beside the record.
    #[cold]
    pub(crate) fn set_attributes_aside(&mut self) {
        let attributes = core::mem::take(&mut self.attributes);
        self.rare().aside = attributes;
    }

    /// Takes over what was written from outside, after what was written from inside.
    pub(crate) fn merge(&mut self, writes: Box<Rare>) {
        match &mut self.rare {
            Some(rare) => rare.merge(*writes),
            None => self.rare = Some(writes),
        }
    }

    /// The span as others see it.
    pub(crate) fn span_context(&self) -> SpanContext {
        let state = self.rare.as_ref().map(|rare| rare.trace_state.clone()).unwrap_or_default();
        SpanContext::new(self.head.trace_id.into(), self.head.span_id, self.head.trace_flags, false, state)
    }
}

impl Head {
    const BLANK: Self = Self {
        callsite: None,
        trace_id: Halves(0, 0),
        span_id: SpanId::INVALID,
        parent_span_id: SpanId::INVALID,
        trace_flags: TraceFlags::NOT_SAMPLED,
        parent_is_remote: false,
        held: false,
        start: Instant::ZERO,
        end: Instant::ZERO,
    };
}

impl Rare {
    /// Ok is final, Error beats Unset (specification: trace/api, set status).
    pub(crate) fn set_status(&mut self, status: Status) {
        if status >= self.status && self.status != Status::Ok {
            self.status = status;
        }
    }

    fn merge(&mut self, later: Self) {
        self.name = later.name.or(self.name.take());
        self.attributes.extend(later.attributes);
        self.events.extend(later.events);
        self.events.sort_by_key(|event| event.timestamp);
        self.links.extend(later.links);
        self.set_status(later.status);
        self.failure = later.failure.or(self.failure.take());
        self.end = later.end.or(self.end);
    }
}

/// The six writes of the API's `Span`, for everything that keeps a [`Rare`].
macro_rules! api_writes {
    ($rare:ident) => {
        fn add_event_with_timestamp<T>(&mut self, name: T, timestamp: std::time::SystemTime, attributes: Vec<opentelemetry::KeyValue>)
        where
            T: Into<std::borrow::Cow<'static, str>>,
        {
            let event = opentelemetry::trace::Event::new(name, timestamp, attributes, 0);
            self.$rare(|rare| rare.events.push(event));
        }

        fn set_attribute(&mut self, attribute: opentelemetry::KeyValue) {
            self.$rare(|rare| rare.attributes.push(attribute));
        }

        fn set_status(&mut self, status: opentelemetry::trace::Status) {
            self.$rare(|rare| rare.set_status(status));
        }

        fn update_name<T>(&mut self, name: T)
        where
            T: Into<std::borrow::Cow<'static, str>>,
        {
            let name = name.into();
            self.$rare(|rare| rare.name = Some(name));
        }

        fn add_link(&mut self, to: opentelemetry::trace::SpanContext, attributes: Vec<opentelemetry::KeyValue>) {
            self.$rare(|rare| rare.links.push(opentelemetry::trace::Link::new(to, attributes, 0)));
        }
    };
}
pub(crate) use api_writes;
