//! Finished spans of one thread, side by side: plain heads in one vector, their attributes in one buffer, both reused.

use super::record::{Head, Rare, Record};
use crate::span::{Attributes, Mark};

#[derive(Debug, Default)]
pub(crate) struct Chunk {
    spans: Vec<Finished>,
    attributes: Attributes,
}

/// A span in a [`Chunk`].
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) head: Head,
    pub(crate) rare: Option<Box<Rare>>,
    from: Mark,
    to: Mark,
}

impl Chunk {
    /// Takes the span's content; the record can start the next one.
    pub(crate) fn push(&mut self, record: &mut Record) {
        let from = self.attributes.mark();
        if !record.attributes.is_empty() {
            self.attributes.append(&mut record.attributes);
        }
        self.spans.push(Finished { head: record.head, rare: record.rare.take(), from, to: self.attributes.mark() });
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.spans.clear();
        self.attributes.clear();
    }

    /// Every span with its attributes; the chunk is empty afterwards, its memory kept.
    pub(crate) fn drain(&mut self, mut each: impl FnMut(Finished, Vec<opentelemetry::KeyValue>)) {
        for span in self.spans.drain(..) {
            let attributes = self.attributes.between(span.from, span.to).collect();
            each(span, attributes);
        }
        self.attributes.clear();
    }
}
