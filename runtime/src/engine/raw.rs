//! The two things that the standard library has no safe form of at this price, and the only `unsafe` of the project: a buffer that one
//! thread appends to while another reads, and a value that its owner may change while nobody else has it.
//!
//! Both are generic, know nothing of spans, and are tested under Miri (`just miri`).

#![allow(unsafe_code)]

use core::cell::UnsafeCell;
use core::fmt;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::Deref;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

/// Words of a buffer: 8 KiB.
const WORDS: usize = 1024;

type Word = MaybeUninit<u64>;

/// A buffer, shared by its two ends.
///
/// Words below `written` have been written and are only read; words from there on belong to the writer.
struct Memory {
    words: UnsafeCell<[Word; WORDS]>,
    written: AtomicUsize,
}

// SAFETY: the ends touch disjoint words, as `written` divides them.
unsafe impl Send for Memory {}
// SAFETY: as above.
unsafe impl Sync for Memory {}

impl Memory {
    fn word(&self, at: usize) -> *mut Word {
        debug_assert!(at <= WORDS, "within the buffer");
        // SAFETY: `at` is at most one past the end, in the same allocation.
        unsafe { self.words.get().cast::<Word>().add(at) }
    }
}

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
    let memory = Arc::new(Memory { words: UnsafeCell::new([const { MaybeUninit::uninit() }; WORDS]), written: AtomicUsize::new(0) });
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
        let at = |offset: usize| self.memory.word(self.at + offset);
        // SAFETY: from `self.at` on the words are this writer's, of which there is one, and there is room; words are aligned to 8 bytes,
        // which suffices for all three types; the sources are not in this buffer, whose words are reached from here only.
        unsafe {
            at(0).cast::<Lengths>().write(Lengths { parts: parts.len() as u32, text: text.len() as u32 });
            at(Layout::<H, P>::HEAD).cast::<H>().write(head);
            if !parts.is_empty() {
                at(Layout::<H, P>::PARTS).cast::<P>().copy_from_nonoverlapping(parts.as_ptr(), parts.len());
                at(Layout::<H, P>::text(parts.len())).cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len());
            }
        }
        self.at += Layout::<H, P>::end(parts.len(), text.len());
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
        let at = |offset: usize| self.memory.word(self.at + offset).cast_const();
        // SAFETY: an item begins at `self.at`, below `written`, and was written before that was stored. The writer does not touch it
        // again before `reuse`, for which it needs this reader; and `self.at` moves on, so that the head is read once.
        let item = unsafe {
            let Lengths { parts, text } = at(0).cast::<Lengths>().read();
            let (parts, text) = (parts as usize, text as usize);
            let head = at(Layout::<H, P>::HEAD).cast::<H>().read();
            let bytes = core::slice::from_raw_parts(at(Layout::<H, P>::text(parts)).cast::<u8>(), text);
            let parts = core::slice::from_raw_parts(at(Layout::<H, P>::PARTS).cast::<P>(), parts);
            (head, parts, core::str::from_utf8_unchecked(bytes))
        };
        self.at += Layout::<H, P>::end(item.1.len(), item.2.len());
        self.items += 1;
        Some(item)
    }

    /// Items taken out so far.
    pub(crate) const fn items(&self) -> usize {
        self.items
    }
}

impl<H, P> Drop for Reader<H, P> {
    /// Drops the heads that nobody took out.
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

/// One of the two holds of a value: reads it.
#[derive(Debug)]
pub(crate) struct Hold<T>(Arc<Held<T>>);

#[derive(Debug)]
struct Held<T>(UnsafeCell<T>);

// SAFETY: it is changed only by who has both holds, and read only through them.
unsafe impl<T: Send + Sync> Send for Held<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync> Sync for Held<T> {}

/// Both holds of a value: while the second is not lent, the value can be changed. Handing it out and taking it back counts nothing.
#[derive(Debug)]
pub(crate) struct Both<T> {
    first: Hold<T>,
    second: Option<Hold<T>>,
}

impl<T> Both<T> {
    pub(crate) fn new(value: T) -> Self {
        let held = Arc::new(Held(UnsafeCell::new(value)));
        Self { second: Some(Hold(Arc::clone(&held))), first: Hold(held) }
    }

    /// The value, to be changed, while the second hold is here.
    #[inline]
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        // SAFETY: there are two holds of a value, which cannot be cloned; both are here, and borrowed for as long as the reference lives.
        self.second.is_some().then(|| unsafe { &mut *self.first.0.0.get() })
    }

    /// The second hold, if it is here.
    #[inline]
    pub(crate) const fn lend(&mut self) -> Option<Hold<T>> {
        self.second.take()
    }

    /// Takes the second hold back; one of another value is dropped.
    #[inline]
    pub(crate) fn take_back(&mut self, hold: Hold<T>) {
        if Arc::ptr_eq(&self.first.0, &hold.0) {
            self.second = Some(hold);
        }
    }

    #[inline]
    pub(crate) const fn first(&self) -> &Hold<T> {
        &self.first
    }
}

impl<T> Hold<T> {
    /// Where the value is: the same for both holds.
    #[inline]
    pub(crate) fn address(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }
}

impl<T> Deref for Hold<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the value changes only while both holds are in one `Both` that is borrowed for it, so not while this one is borrowed.
        unsafe { &*self.0.0.get() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn items_come_out_as_they_went_in() {
        let (mut writer, mut reader) = buffer::<Box<str>, (u64, u8)>();
        writer.push("one".into(), &[(1, 2), (3, 4)], "text");
        writer.push("two".into(), &[], "");
        assert_eq!(reader.take(), Some(("one".into(), &[(1, 2), (3, 4)][..], "text")));
        assert_eq!(reader.take(), Some(("two".into(), &[][..], "")));
        assert_eq!(reader.take(), None);
    }

    #[test]
    fn a_buffer_is_used_again() {
        let (mut writer, mut reader) = buffer::<Box<str>, u64>();
        for round in 0..3 {
            let mut written = 0;
            while writer.has_room(1, 3) {
                writer.push("head".into(), &[round], "abc");
                written += 1;
            }
            assert!(written > 100, "{written} items in 8 KiB");
            assert_eq!(reader.take(), Some(("head".into(), &[round][..], "abc")));
            assert_eq!((writer.items(), reader.items()), (written, 1));
            writer.reuse(&mut reader);
            assert_eq!((writer.items(), reader.items()), (0, 0));
        }
    }

    #[test]
    fn another_buffers_reader_is_left_alone() {
        let (mut writer, _) = buffer::<u64, u64>();
        let (mut other, mut reader) = buffer::<u64, u64>();
        other.push(7, &[], "");
        writer.reuse(&mut reader);
        assert_eq!(reader.take(), Some((7, &[][..], "")));
    }

    #[test]
    fn an_item_that_fits_exactly() {
        let (mut writer, mut reader) = buffer::<u64, u64>();
        let text = "x".repeat(8 * (WORDS - 3));
        assert!(!Writer::<u64, u64>::could_hold(1, text.len() + 1));
        writer.push(1, &[2], &text);
        assert!(!writer.has_room(0, 0));
        assert_eq!(reader.take(), Some((1, &[2][..], &*text)));
    }

    #[test]
    fn one_thread_writes_and_another_reads() {
        let (mut writer, mut reader) = buffer::<Box<u64>, u64>();
        let writing = thread::spawn(move || {
            for n in 0..100 {
                writer.push(Box::new(n), &[n, n + 1], "text");
            }
        });
        let mut next = 0;
        while next < 100 {
            if let Some((head, parts, text)) = reader.take() {
                assert_eq!((*head, parts, text), (next, &[next, next + 1][..], "text"));
                next += 1;
            } else {
                thread::yield_now();
            }
        }
        writing.join().expect("nothing panics");
    }

    #[test]
    fn what_is_lent_cannot_be_changed_until_it_is_back() {
        let mut both = Both::new(String::from("one"));
        both.get_mut().expect("both are here").push('!');
        let lent = both.lend().expect("not lent before");
        assert!(both.get_mut().is_none() && both.lend().is_none());
        assert_eq!(&**both.first(), "one!");
        let other = Both::new(String::new()).lend().expect("not lent before");
        both.take_back(other);
        assert!(both.get_mut().is_none());
        let lent = thread::spawn(move || (lent.len(), lent).1).join().expect("nothing panics");
        both.take_back(lent);
        assert_eq!(both.get_mut().map(|text| text.as_str()), Some("one!"));
    }
}
