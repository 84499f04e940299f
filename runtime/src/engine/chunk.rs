//! Finished spans of one thread: heads, attributes and texts side by side in a buffer of fixed size. In: records that ended. Out: the same
//! spans in the same order, for the export thread.

use super::record::{Head, Rare, Record};
use crate::outcome::Failure;
use crate::raw::{Reader, Writer, buffer};
use crate::span::{Entry, read};
use opentelemetry::KeyValue;

/// A buffer and both its ends.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) writing: Writing,
    pub(crate) reading: Reading,
}

/// The end that a thread appends to.
#[derive(Debug)]
pub(crate) struct Writing(Writer<Finished, Entry>);

/// The end that spans are taken out of, by another thread if need be.
#[derive(Debug)]
pub(crate) struct Reading(Reader<Finished, Entry>);

/// A span in a [`Chunk`]; its attributes are beside it.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) head: Head,
    pub(crate) rare: Option<Box<Rare>>,
}

impl Default for Chunk {
    fn default() -> Self {
        let (writer, reader) = buffer();
        Self { writing: Writing(writer), reading: Reading(reader) }
    }
}

impl Chunk {
    /// Spans that are in it.
    pub(crate) fn len(&self) -> usize {
        self.writing.0.items().saturating_sub(self.reading.0.items())
    }

    /// Forgets what is in it.
    pub(crate) fn clear(&mut self) {
        self.writing.0.reuse(&mut self.reading.0);
    }
}

impl Writing {
    /// Spans that were appended.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.0.items()
    }

    /// Appends the span's content, if there is room; then the record can start the next one.
    #[inline]
    pub(crate) fn append(&mut self, record: &mut Record) -> bool {
        let (entries, text) = match record.attributes.parts() {
            Some((entries, text)) if Writer::<Finished, Entry>::could_hold(entries.len(), text.len()) => (entries, text),
            _ => {
                record.set_attributes_aside();
                (&[][..], "")
            }
        };
        let fits = self.0.has_room(entries.len(), text.len());
        if fits {
            self.0.push(Finished { head: record.head, rare: record.rare.take() }, entries, text);
            record.attributes.clear();
        }
        fits
    }
}

impl Reading {
    /// Drops every span that has been written by now. Returns how many.
    pub(crate) fn forget(&mut self) -> usize {
        let before = self.0.items();
        while self.0.take().is_some() {}
        self.0.items() - before
    }

    /// Takes out every span that has been written by now, with its attributes and its failure.
    ///
    /// `more`: how many attributes will be added to each.
    pub(crate) fn drain(&mut self, more: usize, mut each: impl FnMut(Finished, Vec<KeyValue>, Option<Failure>)) {
        while let Some((span, entries, text)) = self.0.take() {
            let (attributes, failure) = match &span.rare {
                Some(rare) if !rare.aside.is_empty() => rare.aside.read().take_with(usize::MAX, more),
                _ => read(entries, text).take_with(usize::MAX, more),
            };
            each(span, attributes, failure);
        }
    }
}
