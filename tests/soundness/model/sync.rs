//! What stands in the place of `engine::sync` and `raw::sync`: the same memory, beside it a cell for each word, in which loom sees who
//! touches it.

pub(super) use loom::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
pub(super) use loom::sync::{Arc, Condvar, Mutex, MutexGuard};
pub(super) use std::sync::PoisonError;

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::ops::Range;

/// Two items of [`of_buffer`](super::of_buffer).
pub(super) const WORDS: usize = 10;

pub(super) type Word = MaybeUninit<u64>;

pub(super) struct Words {
    memory: UnsafeCell<[Word; WORDS]>,
    watched: [loom::cell::UnsafeCell<()>; WORDS],
}

impl Words {
    pub(super) fn new() -> Self {
        Self {
            memory: UnsafeCell::new([const { MaybeUninit::uninit() }; WORDS]),
            watched: core::array::from_fn(|_| loom::cell::UnsafeCell::new(())),
        }
    }

    pub(super) fn to_read(&self, words: Range<usize>) -> *const Word {
        self.watched[words.clone()].iter().for_each(|word| word.with(|_| ()));
        self.at(words.start).cast_const()
    }

    pub(super) fn to_write(&self, words: Range<usize>) -> *mut Word {
        self.watched[words.clone()].iter().for_each(|word| word.with_mut(|_| ()));
        self.at(words.start)
    }

    fn at(&self, word: usize) -> *mut Word {
        self.memory.get().cast::<Word>().wrapping_add(word)
    }
}

#[derive(Debug)]
pub(super) struct Place<T>(loom::cell::UnsafeCell<T>);

impl<T> Place<T> {
    pub(super) fn new(value: T) -> Self {
        Self(loom::cell::UnsafeCell::new(value))
    }

    pub(super) fn to_read(&self) -> *const T {
        self.0.with(|value| value)
    }

    pub(super) fn to_write(&self) -> *mut T {
        self.0.with_mut(|value| value)
    }
}

/// In the place of tokio's: one permit, which is waited for.
#[derive(Debug)]
pub(super) struct Notify {
    permit: Mutex<bool>,
    given: Condvar,
}

impl Notify {
    pub(super) fn new() -> Self {
        Self { permit: Mutex::new(false), given: Condvar::new() }
    }

    pub(super) fn notify_one(&self) {
        *self.permit.lock().unwrap() = true;
        self.given.notify_one();
    }

    pub(super) fn wait(&self) {
        let mut permit = self.permit.lock().unwrap();
        while !core::mem::take(&mut *permit) {
            permit = self.given.wait(permit).unwrap();
        }
    }
}
