//! What a recorded span shares with the world: a handle in the `Context`, through which everybody else sees the span and may write to it.
//!
//! The owner holds it twice from the beginning, and hands the second hold out and gets it back, so that an ordinary span costs no
//! reference counting. A handle comes back if it is dropped while the owner lets go of its `Context`, on the owner's thread; if it does
//! not, somebody still holds a clone of that `Context`, and the owner leaves the shared part to them.

use super::record::{Rare, api_writes};
use crate::raw::{Both, Hold};
use core::cell::Cell;
use opentelemetry::trace::{Span, SpanContext};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The owner's holds.
#[derive(Debug)]
pub(crate) struct Owner(Both<Shared>);

#[derive(Debug)]
struct Shared {
    span_context: SpanContext,
    outside: Mutex<Outside>,
}

#[derive(Debug, Default)]
struct Outside {
    ended: bool,
    writes: Option<Box<Rare>>,
}

/// The span in a `Context`.
#[derive(Debug)]
pub(crate) struct Handle {
    /// `None` only while it is dropped.
    shared: Option<Hold<Shared>>,
}

/// Where a handle that is dropped meets its owner.
struct Meeting {
    /// The address of what is expected; zero for nothing.
    expected: Cell<usize>,
    returned: Cell<Option<Hold<Shared>>>,
}

thread_local! {
    static MEETING: Meeting = const { Meeting { expected: Cell::new(0), returned: Cell::new(None) } };
}

impl Shared {
    fn outside(&self) -> MutexGuard<'_, Outside> {
        self.outside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Owner {
    pub(crate) fn new() -> Self {
        Self(Both::new(Shared { span_context: SpanContext::NONE, outside: Mutex::default() }))
    }

    /// The span, to be put into a `Context`.
    #[inline(always)]
    #[allow(clippy::inline_always)] // the context goes straight to where it stays
    pub(crate) fn hand_out(&mut self, span_context: SpanContext) -> Handle {
        if let Some(shared) = self.0.get_mut() {
            shared.span_context = span_context;
        } else {
            self.0 = Both::new(Shared { span_context, outside: Mutex::default() });
        }
        Handle { shared: self.0.lend() }
    }

    /// From here to [`close`](Self::close) the owner lets go of the `Context`.
    #[inline]
    pub(crate) fn expect_back(&self) {
        let _ = MEETING.try_with(|meeting| meeting.expected.set(self.0.first().address()));
    }

    /// Takes what was written from outside, and sees to it that nothing more is.
    #[inline]
    pub(crate) fn close(&mut self) -> Option<Box<Rare>> {
        let meet = |meeting: &Meeting| {
            meeting.expected.set(0);
            meeting.returned.take()
        };
        if self.0.get_mut().is_none()
            && let Ok(Some(returned)) = MEETING.try_with(meet)
        {
            self.0.take_back(returned);
        }
        match self.0.get_mut() {
            Some(shared) => {
                let outside = shared.outside.get_mut().unwrap_or_else(PoisonError::into_inner);
                outside.ended = false;
                outside.writes.take()
            }
            None => self.leave_behind(),
        }
    }

    /// The same where somebody still holds a clone of the `Context`: they keep what is shared.
    #[cold]
    fn leave_behind(&mut self) -> Option<Box<Rare>> {
        let left = core::mem::replace(self, Self::new());
        let mut outside = left.0.first().outside();
        outside.ended = true;
        outside.writes.take()
    }
}

impl Handle {
    fn write(&mut self, write: impl FnOnce(&mut Rare)) {
        self.with_open(|outside| write(outside.writes.get_or_insert_default()));
    }

    fn with_open(&self, run: impl FnOnce(&mut Outside)) {
        let Some(shared) = &self.shared else { return };
        let mut outside = shared.outside();
        if !outside.ended {
            run(&mut outside);
        }
    }
}

impl Drop for Handle {
    #[inline]
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let _ = MEETING.try_with(|meeting| {
            if meeting.expected.get() == shared.address() {
                meeting.returned.set(Some(shared));
            }
        });
    }
}

impl Span for Handle {
    api_writes!(write);

    fn span_context(&self) -> &SpanContext {
        self.shared.as_ref().map_or(&SpanContext::NONE, |shared| &shared.span_context)
    }

    fn is_recording(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| !shared.outside().ended)
    }

    /// Ends what outsiders may write; the function itself goes on, and the span is exported with this end when it returns.
    fn end_with_timestamp(&mut self, timestamp: SystemTime) {
        self.with_open(|outside| {
            outside.ended = true;
            outside.writes.get_or_insert_default().end = Some(timestamp);
        });
    }
}
