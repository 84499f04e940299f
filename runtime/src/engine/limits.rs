//! What one span may carry: the last value of each key, so many attributes, events and links, so long texts.

use crate::config::SpanLimits;
use opentelemetry::trace::{Event, Link};
use opentelemetry::{Array, KeyValue, StringValue, Value};
use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};

/// Of the attributes of an event or a link: one value for each key, so many keys. Returns how many were dropped.
fn attributes(attributes: &mut Vec<KeyValue>, most: usize, limits: &SpanLimits) -> u32 {
    if !are_distinct(attributes) {
        unite(attributes);
    }
    cut(attributes, most, limits)
}

/// Keeps the first `most` attributes, and so much of their texts. Returns how many were dropped.
pub(crate) fn cut(attributes: &mut Vec<KeyValue>, most: usize, limits: &SpanLimits) -> u32 {
    let dropped = over(attributes.len(), most);
    attributes.truncate(most);
    if let Some(most) = limits.max_value_length {
        for attribute in attributes {
            cut_value(&mut attribute.value, most);
        }
    }
    dropped
}

/// Whether no key is there twice. Most keys differ in their length or last letter: only those that do not are compared.
pub(crate) fn are_distinct(attributes: &[KeyValue]) -> bool {
    let mut seen = 0_u64;
    attributes.iter().enumerate().all(|(place, attribute)| {
        let key = attribute.key.as_str();
        let last = key.as_bytes().last().copied().unwrap_or(0);
        let mark = 1 << ((key.len() + 5 * usize::from(last)) % 64);
        let is_new = seen & mark == 0 || attributes[..place].iter().all(|known| known.key.as_str() != key);
        seen |= mark;
        is_new
    })
}

/// Keeps the last value of each key at the key's first place.
pub(crate) fn unite(attributes: &mut Vec<KeyValue>) {
    let mut kept = 0;
    for next in 0..attributes.len() {
        let key = attributes[next].key.as_str();
        let place = attributes[..kept].iter().position(|known| known.key.as_str() == key).unwrap_or_else(|| {
            kept += 1;
            kept - 1
        });
        attributes.swap(place, next);
    }
    attributes.truncate(kept);
}

/// Cuts text to `most` characters (specification: common, attribute limits).
fn cut_value(value: &mut Value, most: usize) {
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

pub(crate) fn events(events: Vec<Event>, limits: &SpanLimits) -> SpanEvents {
    let mut kept = SpanEvents::default();
    kept.dropped_count = over(events.len(), limits.max_events);
    kept.events = events;
    kept.events.truncate(limits.max_events);
    for event in &mut kept.events {
        event.dropped_attributes_count += attributes(&mut event.attributes, limits.max_attributes_per_event, limits);
    }
    kept
}

pub(crate) fn links(links: Vec<Link>, limits: &SpanLimits) -> SpanLinks {
    let mut kept = SpanLinks::default();
    kept.dropped_count = over(links.len(), limits.max_links);
    kept.links = links;
    kept.links.truncate(limits.max_links);
    for link in &mut kept.links {
        link.dropped_attributes_count += attributes(&mut link.attributes, limits.max_attributes_per_link, limits);
    }
    kept
}

fn over(length: usize, most: usize) -> u32 {
    u32::try_from(length.saturating_sub(most)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_stays_at_the_first_place_and_the_rest_is_counted() {
        let pairs = [("a", 1), ("b", 2), ("a", 3), ("c", 4), ("b", 5), ("a", 6)];
        let mut list: Vec<_> = pairs.iter().map(|&(key, value)| KeyValue::new(key, value)).collect();
        let dropped = attributes(&mut list, 2, &SpanLimits::default());
        assert_eq!((list, dropped), (vec![KeyValue::new("a", 6), KeyValue::new("b", 5)], 1));
    }

    #[test]
    fn long_texts_are_cut_to_characters() {
        let limits = SpanLimits { max_value_length: Some(2), ..SpanLimits::default() };
        let mut list = vec![KeyValue::new("text", "äöü"), KeyValue::new("list", Value::Array(vec![StringValue::from("abc")].into()))];
        attributes(&mut list, 9, &limits);
        assert_eq!(format!("{} {}", list[0].value, list[1].value), "äö [\"ab\"]");
    }
}
