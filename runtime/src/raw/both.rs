//! A value that its owner may change while nobody else has it. In: the value. Out: it, to be read by two holds, and to be changed where both
//! are together.

use super::sync::{Arc, Place};
use core::ops::Deref;

/// One of the two holds of a value: reads it.
#[derive(Debug)]
pub(crate) struct Hold<T>(Arc<Held<T>>);

#[derive(Debug)]
struct Held<T>(Place<T>);

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
        let held = Arc::new(Held(Place::new(value)));
        Self { second: Some(Hold(Arc::clone(&held))), first: Hold(held) }
    }

    /// The value, to be changed, while the second hold is here.
    #[inline]
    pub(crate) fn get_mut(&mut self) -> Option<&mut T> {
        // SAFETY: there are two holds of a value, which cannot be cloned; both are here, and borrowed for as long as the reference lives.
        self.second.is_some().then(|| unsafe { &mut *self.first.0.0.to_write() })
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
        unsafe { &*self.0.0.to_read() }
    }
}
