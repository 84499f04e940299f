//! From a finished record to `SpanData`: wall-clock times, the callsite's names, limits, the last value of each key.
//! Runs on the export thread, or in a test that captures.

use super::Shape;
use super::chunk::{Chunk, Finished};
use super::record::Rare;
use crate::config::SpanLimits;
use crate::outcome::Failure;
use crate::span::{Scope, exception};
use fastant::{Anchor, Instant};
use opentelemetry::trace::{Event, Link, SpanContext, SpanKind, Status};
use opentelemetry::{Array, InstrumentationScope, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanLinks};
use std::borrow::Cow;
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The schema that the attribute names of this crate follow.
const SCHEMA_URL: &str = "https://opentelemetry.io/schemas/1.44.0";

#[derive(Debug, Default)]
pub(crate) struct Decoder {
    shape: Shape,
    scopes: HashMap<Scope, InstrumentationScope>,
    functions: HashMap<usize, &'static str>,
}

/// A finished span, by what is done with it.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // handed on at once
pub(crate) enum Decoded {
    /// To be exported.
    Sampled(SpanData),
    /// Not sampled; to be decided on by `keep`.
    Held(SpanData),
    /// Recorded for the process alone.
    Unsampled,
}

impl Decoder {
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, ..Self::default() }
    }

    /// Every span of `chunk`, which is left empty.
    pub(crate) fn decode(&mut self, chunk: &mut Chunk, mut each: impl FnMut(Decoded)) {
        let anchor = Anchor::new();
        chunk.drain(|span, attributes, failure| {
            let head = span.head;
            each(if head.trace_flags.is_sampled() {
                Decoded::Sampled(self.span(span, attributes, failure, &anchor))
            } else if head.held {
                Decoded::Held(self.span(span, attributes, failure, &anchor))
            } else {
                Decoded::Unsampled
            });
        });
    }

    fn span(&mut self, span: Finished, mut attributes: Vec<KeyValue>, failure: Option<Failure>, anchor: &Anchor) -> SpanData {
        let head = span.head;
        let mut rare = span.rare.map(|rare| *rare).unwrap_or_default();
        let start_time = rare.start.unwrap_or_else(|| wall(head.start, anchor));
        let end_time = rare.end.unwrap_or_else(|| wall(head.end, anchor)).max(start_time);
        attributes.append(&mut rare.attributes);
        rare.failure = rare.failure.or(failure);
        fail(&mut rare, &mut attributes, end_time);
        self.code(span.head.callsite, &mut attributes);
        let limits = &self.shape.limits;
        let dropped_attributes_count = limit_attributes(&mut attributes, limits.max_attributes, limits);
        SpanData {
            span_context: SpanContext::new(head.trace_id, head.span_id, head.trace_flags, false, rare.trace_state),
            parent_span_id: head.parent_span_id,
            parent_span_is_remote: head.parent_is_remote,
            span_kind: rare.kind.unwrap_or_else(|| head.callsite.map_or(SpanKind::Internal, |callsite| callsite.site.kind.clone())),
            name: rare.name.unwrap_or(Cow::Borrowed(head.callsite.map_or("", |callsite| callsite.site.name))),
            start_time,
            end_time,
            attributes,
            dropped_attributes_count,
            events: events(rare.events, limits),
            links: links(rare.links, limits),
            status: rare.status,
            instrumentation_scope: rare.scope.unwrap_or_else(|| self.scope(head.callsite.map(|callsite| callsite.site.scope))),
        }
    }

    fn code(&mut self, callsite: Option<&'static crate::span::Callsite>, attributes: &mut Vec<KeyValue>) {
        let Some(callsite) = callsite.filter(|callsite| self.shape.code_attributes && !callsite.site.file.is_empty()) else { return };
        let function = *self.functions.entry(std::ptr::from_ref(callsite).addr()).or_insert_with(|| callsite.function());
        attributes.push(KeyValue::new("code.function.name", function));
        attributes.push(KeyValue::new("code.file.path", callsite.site.file));
        attributes.push(KeyValue::new("code.line.number", i64::from(callsite.site.line)));
    }

    fn scope(&mut self, scope: Option<Scope>) -> InstrumentationScope {
        let Some(scope) = scope else { return InstrumentationScope::default() };
        let made = self.scopes.entry(scope).or_insert_with(|| {
            let builder = InstrumentationScope::builder(scope.name).with_schema_url(SCHEMA_URL);
            if scope.version.is_empty() { builder.build() } else { builder.with_version(scope.version).build() }
        });
        made.clone()
    }
}

fn wall(instant: Instant, anchor: &Anchor) -> SystemTime {
    UNIX_EPOCH + Duration::from_nanos(instant.as_unix_nanos(anchor))
}

/// The failure that ended the span: `exception` event, status, `error.type`.
fn fail(rare: &mut Rare, attributes: &mut Vec<KeyValue>, at: SystemTime) {
    let Some(failure) = rare.failure.take() else { return };
    attributes.push(KeyValue::new("error.type", failure.kind.clone()));
    rare.set_status(Status::error(failure.message.clone()));
    rare.events.push(Event::new("exception", at, exception(failure), 0));
}

/// Keeps the last value of each key at the key's first place, then the first `most` keys. Returns how many were dropped.
fn limit_attributes(attributes: &mut Vec<KeyValue>, most: usize, limits: &SpanLimits) -> u32 {
    let mut kept: Vec<KeyValue> = Vec::with_capacity(attributes.len().min(most));
    let mut dropped = 0;
    for attribute in attributes.drain(..) {
        match kept.iter().position(|known| known.key == attribute.key) {
            Some(known) => kept[known].value = attribute.value,
            None if kept.len() < most => kept.push(attribute),
            None => dropped += 1,
        }
    }
    if let Some(most) = limits.max_value_length {
        for attribute in &mut kept {
            cut(&mut attribute.value, most);
        }
    }
    *attributes = kept;
    dropped
}

/// Cuts text to `most` characters (specification: common, attribute limits).
fn cut(value: &mut Value, most: usize) {
    match value {
        Value::String(text) => cut_text(text, most),
        Value::Array(Array::String(texts)) => texts.iter_mut().for_each(|text| cut_text(text, most)),
        _ => {}
    }
}

fn cut_text(text: &mut StringValue, most: usize) {
    if let Some((end, _)) = text.as_str().char_indices().nth(most) {
        *text = StringValue::from(text.as_str()[..end].to_owned());
    }
}

fn events(events: Vec<Event>, limits: &SpanLimits) -> SpanEvents {
    let mut kept = SpanEvents::default();
    kept.dropped_count = over(events.len(), limits.max_events);
    kept.events = events;
    kept.events.truncate(limits.max_events);
    for event in &mut kept.events {
        event.dropped_attributes_count += limit_attributes(&mut event.attributes, limits.max_attributes_per_event, limits);
    }
    kept
}

fn links(links: Vec<Link>, limits: &SpanLimits) -> SpanLinks {
    let mut kept = SpanLinks::default();
    kept.dropped_count = over(links.len(), limits.max_links);
    kept.links = links;
    kept.links.truncate(limits.max_links);
    for link in &mut kept.links {
        link.dropped_attributes_count += limit_attributes(&mut link.attributes, limits.max_attributes_per_link, limits);
    }
    kept
}

fn over(length: usize, most: usize) -> u32 {
    u32::try_from(length.saturating_sub(most)).unwrap_or(u32::MAX)
}
