//! The attributes of one span while they are collected: typed, in the order they were set, without a heap block for each.
//! In: keys that live for the program and values of every kind OpenTelemetry has. Out: `KeyValue`s, made where they are exported.

use core::fmt::{self, Write as _};
use opentelemetry::{KeyValue, Value};

/// The attributes of a span that is being recorded.
#[derive(Debug, Default)]
pub struct Attributes {
    entries: Vec<Entry>,
    text: String,
    values: Vec<Value>,
    owned: Vec<KeyValue>,
}

/// One attribute: a scalar, or a place in the buffers beside it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: &'static str,
    value: Scalar,
}

#[derive(Debug, Clone, Copy)]
enum Scalar {
    Bool(bool),
    I64(i64),
    F64(f64),
    Static(&'static str),
    Text {
        start: u32,
        end: u32,
    },
    Value(u32),
    /// Key and value together.
    Owned(u32),
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
        self.formatted(key, |text| text.write_str(value));
    }

    pub(crate) fn display(&mut self, key: &'static str, value: &(impl fmt::Display + ?Sized)) {
        self.formatted(key, |text| write!(text, "{value}"));
    }

    pub(crate) fn debug(&mut self, key: &'static str, value: &(impl fmt::Debug + ?Sized)) {
        self.formatted(key, |text| write!(text, "{value:?}"));
    }

    /// A value that has no scalar form: an array, or one that a user's type made.
    pub(crate) fn value(&mut self, key: &'static str, value: Value) {
        match value {
            Value::Bool(value) => self.bool(key, value),
            Value::I64(value) => self.i64(key, value),
            Value::F64(value) => self.f64(key, value),
            other => {
                let index = position(self.values.len());
                self.values.push(other);
                self.push(key, Scalar::Value(index));
            }
        }
    }

    /// An attribute whose key may not live for the program.
    pub(crate) fn key_value(&mut self, attribute: KeyValue) {
        let index = position(self.owned.len());
        self.owned.push(attribute);
        self.push("", Scalar::Owned(index));
    }

    /// What a formatter that fails wrote until then is kept: an attribute cut short says more than none.
    fn formatted(&mut self, key: &'static str, write: impl FnOnce(&mut String) -> fmt::Result) {
        let start = position(self.text.len());
        let _ = write(&mut self.text);
        let end = position(self.text.len());
        self.push(key, Scalar::Text { start, end });
    }

    fn push(&mut self, key: &'static str, value: Scalar) {
        self.entries.push(Entry { key, value });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many attributes, bytes of text and values there are: where a later [`Attributes::append`] begins.
    pub(crate) fn mark(&self) -> Mark {
        Mark { entries: self.entries.len(), text: self.text.len(), values: self.values.len(), owned: self.owned.len() }
    }

    /// Moves the attributes of `other` behind these and leaves it empty, its memory kept.
    pub(crate) fn append(&mut self, other: &mut Self) {
        self.entries.extend_from_slice(&other.entries);
        self.text.push_str(&other.text);
        self.values.append(&mut other.values);
        self.owned.append(&mut other.owned);
        other.clear();
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.text.clear();
        self.values.clear();
        self.owned.clear();
    }

    /// All attributes as the API's key-value pairs.
    pub(crate) fn key_values(&self) -> impl Iterator<Item = KeyValue> + '_ {
        self.between(Mark::default(), self.mark())
    }

    /// The attributes that one [`Attributes::append`] brought.
    pub(crate) fn between(&self, from: Mark, to: Mark) -> impl Iterator<Item = KeyValue> + '_ {
        self.entries[from.entries..to.entries].iter().map(move |entry| {
            let value = match entry.value {
                Scalar::Bool(value) => Value::Bool(value),
                Scalar::I64(value) => Value::I64(value),
                Scalar::F64(value) => Value::F64(value),
                Scalar::Static(value) => Value::from(value),
                Scalar::Text { start, end } => {
                    let text = &self.text[from.text + start as usize..from.text + end as usize];
                    Value::from(text.to_owned())
                }
                Scalar::Owned(index) => return self.owned[from.owned + index as usize].clone(),
                Scalar::Value(index) => self.values[from.values + index as usize].clone(),
            };
            KeyValue::new(entry.key, value)
        })
    }
}

/// A place in an [`Attributes`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mark {
    entries: usize,
    text: usize,
    values: usize,
    owned: usize,
}

/// Positions are four bytes: a span with 4 GiB of attribute text keeps what came before.
fn position(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_reads_back_as_it_was_set() {
        let mut all = Attributes::default();
        all.text("first", "one");
        let from = all.mark();
        let mut span = Attributes::default();
        span.text("order.id", "ord-1");
        span.i64("items", 3);
        span.value("tags", Value::Array(vec![1_i64, 2].into()));
        all.append(&mut span);
        let read: Vec<_> = all.between(from, all.mark()).map(|kv| format!("{}={}", kv.key, kv.value)).collect();
        assert_eq!(read, ["order.id=ord-1", "items=3", "tags=[1,2]"]);
        assert!(span.is_empty());
    }
}
