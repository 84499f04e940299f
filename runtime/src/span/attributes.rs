//! The attributes of one span while they are collected: typed, in the order they were set, without a heap block for each.
//! In: keys that live for the program and values of every kind OpenTelemetry has; the error the function returned. Out: `KeyValue`s and
//! a [`Failure`], made where they are exported.

use super::{caught, write_caught};
use crate::outcome::{Failure, Stacktrace};
use core::fmt;
use opentelemetry::{KeyValue, Value};
use std::borrow::Cow;

/// The attributes of a span that is being recorded.
#[derive(Debug, Default)]
pub struct Attributes {
    entries: Vec<Entry>,
    text: String,
    values: Vec<KeyValue>,
}

/// One attribute: a scalar, or a place in the buffers beside it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    key: &'static str,
    value: Scalar,
}

#[derive(Debug, Clone, Copy)]
enum Scalar {
    Bool(bool),
    I64(i64),
    F64(f64),
    Static(&'static str),
    /// The next bytes of the text.
    Text(u32),
    /// The next of the values, under its own key.
    Value,
    /// The type of the error that the function returned; its message is the next text, its stack trace the one after.
    Failure(&'static str),
}

impl Attributes {
    pub(crate) fn bool(&mut self, key: &'static str, value: bool) {
        self.push(key, Scalar::Bool(value));
    }

    pub(crate) fn i64(&mut self, key: &'static str, value: i64) {
        self.push(key, Scalar::I64(value));
    }

    pub(crate) fn f64(&mut self, key: &'static str, value: f64) {
        self.push(key, Scalar::F64(value));
    }

    pub(crate) fn literal(&mut self, key: &'static str, value: &'static str) {
        self.push(key, Scalar::Static(value));
    }

    pub(crate) fn text(&mut self, key: &'static str, value: &str) {
        self.text.push_str(value);
        self.push(key, Scalar::Text(length(value.len())));
    }

    pub(crate) fn display(&mut self, key: &'static str, value: &(impl fmt::Display + ?Sized)) {
        self.formatted(key, format_args!("{value}"));
    }

    pub(crate) fn debug(&mut self, key: &'static str, value: &(impl fmt::Debug + ?Sized)) {
        self.formatted(key, format_args!("{value:?}"));
    }

    /// A value that has no scalar form: an array, or one that a user's type made.
    pub(crate) fn value(&mut self, key: &'static str, value: Value) {
        match value {
            Value::Bool(value) => self.bool(key, value),
            Value::I64(value) => self.i64(key, value),
            Value::F64(value) => self.f64(key, value),
            other => self.key_value(KeyValue::new(key, other)),
        }
    }

    /// What a user's type makes of itself.
    pub(crate) fn made(&mut self, key: &'static str, make: &dyn Fn() -> Value) {
        match caught(make) {
            Ok(value) => self.value(key, value),
            Err(instead) => self.text(key, &instead),
        }
    }

    /// An attribute whose key may not live for the program.
    pub(crate) fn key_value(&mut self, attribute: KeyValue) {
        self.values.push(attribute);
        self.push("", Scalar::Value);
    }

    /// The error that ends the span: its type, its message and, if it has sources or a backtrace, its stack trace.
    pub(crate) fn failure(&mut self, kind: &'static str, message: fmt::Arguments<'_>, stacktrace: &str) {
        self.push("", Scalar::Failure(kind));
        self.formatted("", message);
        self.text("", stacktrace);
    }

    /// The same for an error whose type does not live for the program: an empty one says that it is the first text.
    pub(crate) fn failure_of(&mut self, kind: &str, message: fmt::Arguments<'_>) {
        self.push("", Scalar::Failure(""));
        self.text("", kind);
        self.formatted("", message);
        self.text("", "");
    }

    fn formatted(&mut self, key: &'static str, value: fmt::Arguments<'_>) {
        let start = self.text.len();
        write_caught(&mut self.text, value);
        self.push(key, Scalar::Text(length(self.text.len() - start)));
    }

    fn push(&mut self, key: &'static str, value: Scalar) {
        self.entries.push(Entry { key, value });
    }

    #[cfg(feature = "sdk")]
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Moves the attributes of `other` behind these and leaves it empty, its memory kept.
    #[cfg(feature = "sdk")]
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.entries.extend_from_slice(&other.entries);
        self.text.push_str(&other.text);
        if !other.values.is_empty() {
            self.values.append(&mut other.values);
        }
        other.clear();
    }

    /// The attributes and their texts, if that is all there is.
    #[cfg(feature = "sdk")]
    pub(crate) fn parts(&self) -> Option<(&[Entry], &str)> {
        self.values.is_empty().then_some((&self.entries, &self.text))
    }

    #[cfg(feature = "sdk")]
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.text.clear();
        if !self.values.is_empty() {
            self.values.clear();
        }
    }

    /// Reads everything from the beginning.
    pub(crate) fn read(&self) -> Reader<'_> {
        Reader { entries: self.entries.iter(), text: &self.text, values: self.values.iter() }
    }

    /// All attributes as the API's key-value pairs, without the failure.
    pub(crate) fn key_values(&self) -> Vec<KeyValue> {
        self.read().take(usize::MAX).0
    }
}

/// Reads attributes that were [taken apart](Attributes::parts).
#[cfg(feature = "sdk")]
pub(crate) fn read<'a>(entries: &'a [Entry], text: &'a str) -> Reader<'a> {
    Reader { entries: entries.iter(), text, values: [].iter() }
}

/// Reads attributes in the order they were set.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    entries: core::slice::Iter<'a, Entry>,
    text: &'a str,
    values: core::slice::Iter<'a, KeyValue>,
}

impl Reader<'_> {
    /// The next attributes, out of so many entries, and the failure among them.
    pub(crate) fn take(&mut self, entries: usize) -> (Vec<KeyValue>, Option<Failure>) {
        self.take_with(entries, 0)
    }

    /// The same, with room for `more` attributes.
    pub(crate) fn take_with(&mut self, entries: usize, more: usize) -> (Vec<KeyValue>, Option<Failure>) {
        let most = entries.min(self.entries.len());
        let mut attributes = Vec::with_capacity(most + more);
        let mut failure = None;
        let end = self.entries.len() - most;
        while self.entries.len() > end {
            let Some(entry) = self.entries.next() else { break };
            match entry.value {
                Scalar::Bool(value) => attributes.push(KeyValue::new(entry.key, value)),
                Scalar::I64(value) => attributes.push(KeyValue::new(entry.key, value)),
                Scalar::F64(value) => attributes.push(KeyValue::new(entry.key, value)),
                Scalar::Static(value) => attributes.push(KeyValue::new(entry.key, value)),
                Scalar::Text(length) => attributes.push(KeyValue::new(entry.key, self.cut(length).to_owned())),
                Scalar::Value => attributes.extend(self.values.next().cloned()),
                Scalar::Failure(kind) => failure = Some(self.failure(kind)),
            }
        }
        (attributes, failure)
    }

    fn failure(&mut self, kind: &'static str) -> Failure {
        let mut text = || match self.entries.next() {
            Some(Entry { value: Scalar::Text(length), .. }) => Self::cut_from(&mut self.text, *length).to_owned(),
            _ => String::new(),
        };
        let kind = if kind.is_empty() { Cow::Owned(text()) } else { Cow::Borrowed(kind) };
        let message = text();
        let stacktrace = Some(text()).filter(|text| !text.is_empty());
        Failure { kind, message: message.into(), stacktrace: stacktrace.map(Stacktrace::Text) }
    }

    fn cut(&mut self, length: u32) -> &str {
        Self::cut_from(&mut self.text, length)
    }

    fn cut_from<'t>(text: &mut &'t str, length: u32) -> &'t str {
        let (cut, rest) = text.split_at_checked(length as usize).unwrap_or((text, ""));
        *text = rest;
        cut
    }
}

/// Lengths are four bytes; no text of a span is longer.
fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_reads_back_as_it_was_set() {
        let mut all = Attributes::default();
        let mut span = Attributes::default();
        span.text("first", "one");
        all.append(&mut span);
        span.text("order.id", "ord-1");
        span.failure("E", format_args!("broken"), "E: broken\ncaused by: rust");
        span.i64("items", 3);
        span.value("tags", Value::Array(vec![1_i64, 2].into()));
        let entries = span.entries.len();
        all.append(&mut span);
        assert!(span.is_empty());
        let mut reader = all.read();
        assert_eq!(reader.take(1).0, [KeyValue::new("first", "one")]);
        let (attributes, failure) = reader.take(entries);
        let read: Vec<_> = attributes.iter().map(|kv| format!("{}={}", kv.key, kv.value)).collect();
        assert_eq!(read, ["order.id=ord-1", "items=3", "tags=[1,2]"]);
        let failure = failure.expect("recorded");
        assert_eq!((&*failure.kind, &*failure.message), ("E", "broken"));
        assert_eq!(failure.stacktrace.expect("recorded").to_string(), "E: broken\ncaused by: rust");
    }
}
