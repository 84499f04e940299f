//! What both primitives are made of: counted references, atomics, and memory reached by pointers. The models of `tests/soundness` have
//! other ones in this place, with a smaller buffer, which watch every access.

pub(super) use core::sync::atomic::{AtomicUsize, Ordering};
pub(super) use std::sync::Arc;

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ops::Range;

/// Words of a buffer: 8 KiB.
pub(super) const WORDS: usize = 1024;

pub(super) type Word = MaybeUninit<u64>;

/// The memory of a buffer.
pub(super) struct Words(UnsafeCell<[Word; WORDS]>);

impl Words {
    pub(super) const fn new() -> Self {
        Self(UnsafeCell::new([const { MaybeUninit::uninit() }; WORDS]))
    }

    /// Where these words are, which nobody writes now.
    #[inline]
    pub(super) fn to_read(&self, words: Range<usize>) -> *const Word {
        self.to_write(words).cast_const()
    }

    /// Where these words are, which nobody else touches now.
    #[inline]
    pub(super) fn to_write(&self, words: Range<usize>) -> *mut Word {
        debug_assert!(words.end <= WORDS, "within the buffer");
        self.0.get().cast::<Word>().wrapping_add(words.start)
    }
}

/// A value that is read and changed by way of pointers.
#[derive(Debug)]
pub(super) struct Place<T>(UnsafeCell<T>);

impl<T> Place<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(UnsafeCell::new(value))
    }

    /// Where the value is, which nobody changes now.
    #[inline]
    pub(super) const fn to_read(&self) -> *const T {
        self.0.get()
    }

    /// Where the value is, which nobody else touches now.
    #[inline]
    pub(super) const fn to_write(&self) -> *mut T {
        self.0.get()
    }
}
