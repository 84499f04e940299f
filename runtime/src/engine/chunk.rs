//! Finished spans of one thread, side by side: plain heads in one vector, their attributes in one buffer, both reused.

use super::record::{Head, Rare, Record};
use crate::outcome::Failure;
use crate::span::Attributes;
use opentelemetry::KeyValue;

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
    /// How many of the chunk's attributes are this span's.
    attributes: u32,
}

impl Chunk {
    /// Takes the span's content; the record can start the next one.
    #[inline]
    pub(crate) fn push(&mut self, record: &mut Record) {
        let attributes = record.attributes.len();
        if attributes > 0 {
            self.attributes.append(&mut record.attributes);
        }
        self.spans.push(Finished { head: record.head, rare: record.rare.take(), attributes });
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

    /// Every span with its attributes and its failure; the chunk is empty afterwards, its memory kept.
    ///
    /// `more`: how many attributes will be added to each.
    pub(crate) fn drain(&mut self, more: usize, mut each: impl FnMut(Finished, Vec<KeyValue>, Option<Failure>)) {
        let mut reader = self.attributes.read();
        for span in self.spans.drain(..) {
            let (attributes, failure) = reader.take_with(span.attributes as usize, more);
            each(span, attributes, failure);
        }
        self.attributes.clear();
    }
}
