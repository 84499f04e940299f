//! A buffer that one thread appends to while another reads. In: items of a head, parts of it, and text. Out: the same in the same order,
//! without a lock. Refuses what it has no room for.

use super::sync::{Arc, AtomicUsize, Ordering, WORDS, Words};
use core::fmt;
use core::marker::PhantomData;

/// A buffer, shared by its two ends.
///
/// Words below `written` have been written and are only read; words from there on belong to the writer.
struct Memory {
    words: Words,
    written: AtomicUsize,
}

// SAFETY: the ends touch disjoint words, as `written` divides them.
unsafe impl Send for Memory {}
// SAFETY: as above.
unsafe impl Sync for Memory {}

/// Where items are appended: a head, parts of it, and text.
pub(crate) struct Writer<H, P> {
    memory: Arc<Memory>,
    at: usize,
    items: usize,
    what: PhantomData<(H, P)>,
}

/// Where items are taken out, in the same order.
pub(crate) struct Reader<H, P> {
    memory: Arc<Memory>,
    at: usize,
    items: usize,
    what: PhantomData<(H, P)>,
}

/// An empty buffer.
pub(crate) fn buffer<H: Send, P: Copy + Send>() -> (Writer<H, P>, Reader<H, P>) {
    let memory = Arc::new(Memory { words: Words::new(), written: AtomicUsize::new(0) });
    let reader = Reader { memory: Arc::clone(&memory), at: 0, items: 0, what: PhantomData };
    (Writer { memory, at: 0, items: 0, what: PhantomData }, reader)
}

/// An item's lengths, in its first word.
#[derive(Clone, Copy)]
struct Lengths {
    parts: u32,
    text: u32,
}

/// Where what belongs to an item begins, in words from its own beginning.
struct Layout<H, P>(PhantomData<(H, P)>);

impl<H, P> Layout<H, P> {
    const ALIGNED: () = assert!(align_of::<H>() <= 8 && align_of::<P>() <= 8 && size_of::<Lengths>() == 8);
    const HEAD: usize = 1;
    const PARTS: usize = Self::HEAD + size_of::<H>().div_ceil(8);

    const fn text(parts: usize) -> usize {
        Self::PARTS + (parts * size_of::<P>()).div_ceil(8)
    }

    const fn end(parts: usize, text: usize) -> usize {
        Self::text(parts) + text.div_ceil(8)
    }
}

impl<H, P: Copy> Writer<H, P> {
    /// Whether an empty buffer has room for an item with so many parts and bytes of text.
    #[inline]
    pub(crate) const fn could_hold(parts: usize, text: usize) -> bool {
        parts <= WORDS && text <= 8 * WORDS && Layout::<H, P>::end(parts, text) <= WORDS
    }

    /// Whether this buffer still has.
    #[inline]
    pub(crate) const fn has_room(&self, parts: usize, text: usize) -> bool {
        Self::could_hold(parts, text) && Layout::<H, P>::end(parts, text) <= WORDS - self.at
    }

    /// Items appended so far.
    #[inline]
    pub(crate) const fn items(&self) -> usize {
        self.items
    }

    /// Appends an item. Text belongs to parts: without any, it is not kept.
    ///
    /// # Panics
    ///
    /// Without [room](Self::has_room) for it.
    #[inline]
    #[allow(clippy::cast_possible_truncation)] // both are below `WORDS` by the check
    pub(crate) fn push(&mut self, head: H, parts: &[P], text: &str) {
        const { Layout::<H, P>::ALIGNED };
        let text = if parts.is_empty() { "" } else { text };
        assert!(self.has_room(parts.len(), text.len()), "no room in the buffer");
        let end = self.at + Layout::<H, P>::end(parts.len(), text.len());
        let item = self.memory.words.to_write(self.at..end);
        // SAFETY: from `self.at` on the words are this writer's, of which there is one, and there is room; words are aligned to 8 bytes,
        // which suffices for all three types; the sources are not in this buffer, whose words are reached from here only.
        unsafe {
            item.cast::<Lengths>().write(Lengths { parts: parts.len() as u32, text: text.len() as u32 });
            item.add(Layout::<H, P>::HEAD).cast::<H>().write(head);
            if !parts.is_empty() {
                item.add(Layout::<H, P>::PARTS).cast::<P>().copy_from_nonoverlapping(parts.as_ptr(), parts.len());
                item.add(Layout::<H, P>::text(parts.len())).cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len());
            }
        }
        self.at = end;
        self.items += 1;
        self.memory.written.store(self.at, Ordering::Release);
    }

    /// Empties a buffer, of which this and `reader` must be the two ends; else nothing happens.
    pub(crate) fn reuse(&mut self, reader: &mut Reader<H, P>) {
        if Arc::ptr_eq(&self.memory, &reader.memory) {
            while reader.take().is_some() {}
            // Both ends are borrowed here: neither reads nor writes meanwhile.
            self.memory.written.store(0, Ordering::Relaxed);
            (self.at, self.items, reader.at, reader.items) = (0, 0, 0, 0);
        }
    }
}

impl<H, P> Reader<H, P> {
    /// Takes out the next item, if one has been written.
    #[inline]
    pub(crate) fn take(&mut self) -> Option<(H, &[P], &str)> {
        if self.at == self.memory.written.load(Ordering::Acquire) {
            return None;
        }
        let words = &self.memory.words;
        // SAFETY: an item begins at `self.at`, below `written`, and was written before that was stored. The writer does not touch it
        // again before `reuse`, for which it needs this reader; and `self.at` moves on, so that the head is read once.
        let (end, item) = unsafe {
            let Lengths { parts, text } = words.to_read(self.at..self.at + Layout::<H, P>::HEAD).cast::<Lengths>().read();
            let (parts, text) = (parts as usize, text as usize);
            let end = self.at + Layout::<H, P>::end(parts, text);
            let item = words.to_read(self.at..end);
            let head = item.add(Layout::<H, P>::HEAD).cast::<H>().read();
            let bytes = core::slice::from_raw_parts(item.add(Layout::<H, P>::text(parts)).cast::<u8>(), text);
            let parts = core::slice::from_raw_parts(item.add(Layout::<H, P>::PARTS).cast::<P>(), parts);
            (end, (head, parts, core::str::from_utf8_unchecked(bytes)))
        };
        self.at = end;
        self.items += 1;
        Some(item)
    }

    /// Items taken out so far.
    pub(crate) const fn items(&self) -> usize {
        self.items
    }
}

impl<H, P> Drop for Reader<H, P> {
    /// Drops the heads that nobody took out. Those that are appended later are not dropped at all.
    fn drop(&mut self) {
        while self.take().is_some() {}
    }
}

impl<H, P> fmt::Debug for Writer<H, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("items", &self.items).finish_non_exhaustive()
    }
}

impl<H, P> fmt::Debug for Reader<H, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("items", &self.items).finish_non_exhaustive()
    }
}
