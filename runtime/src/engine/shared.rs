//! What a recorded span shares with the world: a handle in the `Context`, through which everybody else sees the span and may write to it.
//!
//! The owner holds it twice from the beginning, and hands the second hold out and gets it back, so that an ordinary span costs no
//! reference counting. A handle comes back if it is dropped while the owner lets go of its `Context`, on the owner's thread; if it does
//! not, somebody still holds a clone of that `Context`, and the owner leaves the shared part to them.

use super::record::{Rare, api_writes};
use core::cell::Cell;
use opentelemetry::trace::{Span, SpanContext};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// The owner's hold.
#[derive(Debug)]
pub(crate) struct Owner {
    shared: Arc<Shared>,
    /// The second hold, while it is not handed out.
    spare: Option<Arc<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    outside: Mutex<Outside>,
    /// Whether `outside` is worth a look: set with it, under its lock.
    touched: AtomicBool,
}

#[derive(Debug, Default)]
struct Outside {
    ended: bool,
    writes: Option<Box<Rare>>,
}

/// The span in a `Context`.
#[derive(Debug)]
pub(crate) struct Handle {
    span_context: SpanContext,
    /// `None` only while it is dropped.
    shared: Option<Arc<Shared>>,
}

/// Where a handle that is dropped meets its owner.
struct Meeting {
    /// The address of the part that is expected; zero for none.
    expected: Cell<usize>,
    returned: Cell<Option<Arc<Shared>>>,
}

thread_local! {
    static MEETING: Meeting = const { Meeting { expected: Cell::new(0), returned: Cell::new(None) } };
}

impl Owner {
    pub(crate) fn new() -> Self {
        let shared = Arc::<Shared>::default();
        Self { spare: Some(Arc::clone(&shared)), shared }
    }

    /// The span, to be put into a `Context`.
    #[inline]
    pub(crate) fn hand_out(&mut self, span_context: SpanContext) -> Handle {
        Handle { span_context, shared: Some(self.spare.take().unwrap_or_else(|| Arc::clone(&self.shared))) }
    }

    /// From here to [`close`](Self::close) the owner lets go of the `Context`.
    #[inline]
    pub(crate) fn expect_back(&self) {
        let _ = MEETING.try_with(|meeting| meeting.expected.set(Arc::as_ptr(&self.shared).addr()));
    }

    /// Takes what was written from outside, and sees to it that nothing more is.
    #[inline]
    pub(crate) fn close(&mut self) -> Option<Box<Rare>> {
        let meet = |meeting: &Meeting| {
            meeting.expected.set(0);
            meeting.returned.take()
        };
        if self.spare.is_none() {
            // What a destructor of somebody else's left here is not ours.
            let returned = MEETING.try_with(meet).ok().flatten();
            self.spare = returned.filter(|returned| Arc::ptr_eq(returned, &self.shared));
        }
        if self.spare.is_some() && !self.shared.touched.load(Ordering::Relaxed) {
            return None;
        }
        self.close_touched()
    }

    #[cold]
    fn close_touched(&mut self) -> Option<Box<Rare>> {
        let writes = {
            let mut outside = self.shared.outside();
            outside.ended = self.spare.is_none();
            outside.writes.take()
        };
        if self.spare.is_some() {
            self.shared.touched.store(false, Ordering::Relaxed);
        } else {
            *self = Self::new();
        }
        writes
    }
}

impl Shared {
    fn outside(&self) -> MutexGuard<'_, Outside> {
        self.outside.lock().unwrap_or_else(PoisonError::into_inner)
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
            shared.touched.store(true, Ordering::Relaxed);
            run(&mut outside);
        }
    }
}

impl Drop for Handle {
    #[inline]
    fn drop(&mut self) {
        let Some(shared) = self.shared.take() else { return };
        let _ = MEETING.try_with(|meeting| {
            if meeting.expected.get() == Arc::as_ptr(&shared).addr() {
                meeting.returned.set(Some(shared));
            }
        });
    }
}

impl Span for Handle {
    api_writes!(write);

    fn span_context(&self) -> &SpanContext {
        &self.span_context
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
