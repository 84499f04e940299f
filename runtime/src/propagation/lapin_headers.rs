//! AMQP headers as lapin has them: a [`FieldTable`], alone or in a message's [`BasicProperties`].
//! Read: long and short strings that are UTF-8, without regard to case. Written: long strings; an entry of the same name is replaced, all
//! others stay as they are, whatever their type.

use super::collected::Collected;
use super::{Extract, Inject, ViaOwn};
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, LongString, ShortString};
use opentelemetry::propagation::{Extractor, Injector};

struct Table<'a>(&'a FieldTable);

impl Extractor for Table<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let other_case = || self.0.inner().iter().find(|(known, _)| known.as_str().eq_ignore_ascii_case(key)).map(|(_, value)| value);
        match self.0.inner().get(key).or_else(other_case)? {
            AMQPValue::LongString(text) => core::str::from_utf8(text.as_bytes()).ok(),
            AMQPValue::ShortString(text) => Some(text.as_str()),
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        self.0.inner().keys().map(ShortString::as_str).collect()
    }
}

impl Extract<ViaOwn> for FieldTable {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        read(&Table(self));
    }
}

impl Extract<ViaOwn> for BasicProperties {
    fn with_extractor(&self, read: &mut dyn FnMut(&dyn Extractor)) {
        if let Some(headers) = self.headers() {
            headers.with_extractor(read);
        }
    }
}

impl Inject<ViaOwn> for FieldTable {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut collected = Collected::default();
        write(&mut collected);
        if self.inner().keys().any(|known| collected.replaces(known.as_str())) {
            let mut kept = self.inner().clone();
            kept.retain(|known, _| !collected.replaces(known.as_str()));
            *self = Self::from(kept);
        }
        for (key, value) in collected.0 {
            // A name longer than AMQP allows is no name of a propagator that could be read again.
            if let Ok(key) = ShortString::try_new(key) {
                self.insert(key, AMQPValue::LongString(LongString::from(value)));
            }
        }
    }
}

impl Inject<ViaOwn> for BasicProperties {
    fn with_injector(&mut self, write: &mut dyn FnMut(&mut dyn Injector)) {
        let mut headers = self.headers().clone().unwrap_or_default();
        headers.with_injector(write);
        if !headers.inner().is_empty() {
            *self = core::mem::take(self).with_headers(headers);
        }
    }
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;
    use crate::propagation::{extract, inject};
    use crate::testing::capture;
    use opentelemetry::trace::TraceContextExt as _;

    const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn table(entries: &[(&str, AMQPValue)]) -> FieldTable {
        let mut table = FieldTable::default();
        for (key, value) in entries {
            table.insert(ShortString::from(*key), value.clone());
        }
        table
    }

    #[test]
    fn other_entries_keep_their_value_and_type() {
        let ((), _) = capture(|| {
            let others = [
                ("count", AMQPValue::LongInt(7)),
                ("bytes", AMQPValue::LongString(LongString::from([0xff, 0x00]))),
                ("void", AMQPValue::Void),
                ("short", AMQPValue::ShortString("s".into())),
            ];
            let mut properties = BasicProperties::default().with_headers(table(&others)).with_message_id("m-1".into());
            let mut span = crate::span!("publish");
            span.in_scope(|| {
                inject(&mut properties);
                inject(&mut properties);
            });
            let headers = properties.headers().clone().expect("headers");
            assert_eq!(headers.inner().len(), 5);
            assert!(others.iter().all(|(key, value)| headers.inner().get(*key) == Some(value)));
            assert!(extract(&properties).span().span_context().is_valid());
            assert_eq!(properties.message_id().as_ref().map(ShortString::as_str), Some("m-1"));
        });
    }

    #[test]
    fn strings_of_both_kinds_are_read_and_nothing_else() {
        let ((), _) = capture(|| {
            let valid = |value: AMQPValue| extract(&table(&[("TraceParent", value)])).span().span_context().is_valid();
            assert!(valid(AMQPValue::LongString(PARENT.into())));
            assert!(valid(AMQPValue::ShortString(PARENT.into())));
            assert!(!valid(AMQPValue::LongString(LongString::from([0xff; 55]))));
            assert!(!valid(AMQPValue::Boolean(true)));
        });
    }
}
