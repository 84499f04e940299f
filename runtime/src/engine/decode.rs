//! From a finished record to `SpanData`: wall-clock times, the callsite's names, limits, the last value of each key.
//! Runs on the export thread, or in a test that captures.

use super::chunk::{Finished, Reading};
use super::clock::Clock;
use super::record::Rare;
use super::{Shape, limits};
use crate::outcome::Failure;
use crate::span::{Callsite, exception};
use opentelemetry::KeyValue;
use opentelemetry::trace::{Event, SpanContext, SpanKind, Status, TraceState};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use std::borrow::Cow;

/// `code.function.name`, `code.file.path`, `code.line.number`.
const CODE_ATTRIBUTES: usize = 3;

impl Shape {
    /// Every span that has been written by now and may be exported. Returns how many others there were: recorded for the process alone.
    pub(crate) fn decode(&self, spans: &mut Reading, clock: &mut Clock, mut each: impl FnMut(SpanData)) -> usize {
        let mut others = 0;
        // `error.type` has the place that the failure leaves.
        let more = if self.code_attributes { CODE_ATTRIBUTES } else { 0 };
        spans.drain(more, |span, attributes, failure| {
            if span.head.trace_flags.is_sampled() || span.head.held {
                each(self.span(span, attributes, failure, clock));
            } else {
                others += 1;
            }
        });
        others
    }

    #[inline]
    fn span(&self, span: Finished, attributes: Vec<KeyValue>, failure: Option<Failure>, clock: &mut Clock) -> SpanData {
        let Finished { head, rare, .. } = span;
        let callsite = head.callsite;
        let mut data = SpanData {
            span_context: SpanContext::new(head.trace_id.into(), head.span_id, head.trace_flags, false, TraceState::NONE),
            parent_span_id: head.parent_span_id,
            parent_span_is_remote: head.parent_is_remote,
            span_kind: callsite.map_or(SpanKind::Internal, |callsite| callsite.kind.clone()),
            name: Cow::Borrowed(callsite.map_or("", |callsite| callsite.name)),
            start_time: clock.time(head.start),
            end_time: clock.time(head.end.max(head.start)),
            attributes,
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: Status::Unset,
            instrumentation_scope: callsite.map(Callsite::scope).unwrap_or_default(),
        };
        if let Some(rare) = rare {
            self.add(&mut data, *rare);
        }
        if let Some(failure) = failure {
            fail(&mut data, failure);
        }
        data.dropped_attributes_count = self.finish(callsite, &mut data.attributes);
        data
    }

    /// What few spans have.
    #[inline(never)]
    fn add(&self, data: &mut SpanData, rare: Rare) {
        let head = &data.span_context;
        data.span_context = SpanContext::new(head.trace_id(), head.span_id(), head.trace_flags(), false, rare.trace_state);
        data.span_kind = rare.kind.unwrap_or(data.span_kind.clone());
        if let Some(name) = rare.name {
            data.name = name;
        }
        if let Some(scope) = rare.scope {
            data.instrumentation_scope = scope;
        }
        data.start_time = rare.start.unwrap_or(data.start_time);
        data.end_time = rare.end.unwrap_or(data.end_time).max(data.start_time);
        data.attributes.extend(rare.attributes);
        data.status = rare.status;
        data.links = limits::links(rare.links, &self.limits);
        data.events = limits::events(rare.events, &self.limits);
        if let Some(failure) = rare.failure {
            fail(data, failure);
        }
    }

    /// Adds the `code.*` attributes; one value for each key; the limit. Returns how many attributes were dropped.
    fn finish(&self, callsite: Option<Callsite>, attributes: &mut Vec<KeyValue>) -> u32 {
        let own = attributes.len();
        if let Some(callsite) = callsite.filter(|callsite| self.code_attributes && !callsite.file.is_empty()) {
            attributes.push(KeyValue::new("code.function.name", callsite.function()));
            attributes.push(KeyValue::new("code.file.path", callsite.file));
            attributes.push(KeyValue::new("code.line.number", i64::from(callsite.line)));
        }
        let (users, code) = attributes.split_at(own);
        let clash = !code.is_empty() && users.iter().any(|attribute| attribute.key.as_str().starts_with("code."));
        if clash || !limits::are_distinct(users) {
            let code = attributes.split_off(own);
            limits::unite(attributes);
            for attribute in code {
                // The user's word counts.
                if attributes.iter().all(|known| known.key != attribute.key) {
                    attributes.push(attribute);
                }
            }
        }
        limits::cut(attributes, self.limits.max_attributes, &self.limits)
    }
}

/// The failure that ended the span: `exception` event, status, `error.type`.
fn fail(data: &mut SpanData, failure: Failure) {
    data.attributes.push(KeyValue::new("error.type", failure.kind.clone()));
    if data.status != Status::Ok {
        data.status = Status::error(failure.message.clone());
    }
    data.events.events.reserve_exact(1);
    data.events.events.push(Event::new("exception", data.end_time, exception(failure), 0));
}
