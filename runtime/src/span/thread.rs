//! Whether this thread is ending: OpenTelemetry's current context is gone then, and asking for it in a destructor would abort the process.

use core::cell::Cell;
use opentelemetry::{Context, ContextGuard};
use std::panic::catch_unwind;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// Finding out which of the two below it is.
    Asking,
    Running,
    Ending,
}

/// Thread-locals are destroyed in the reverse order of their first use: this one before the context that was there first.
struct Sentinel;

thread_local! {
    static STATE: Cell<State> = const { Cell::new(State::New) };
    static SENTINEL: Sentinel = const { Sentinel };
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        STATE.set(State::Ending);
    }
}

/// Whether nothing can be traced on this thread any more.
#[inline]
pub(crate) fn is_ending() -> bool {
    STATE.get() != State::Running && is_ending_or_new()
}

/// The current context; an empty one where there is none any more.
pub(crate) fn context() -> Context {
    if is_ending() { Context::new() } else { Context::current() }
}

/// Makes `context` the current one, where there still is such a thing.
#[inline]
pub(crate) fn attach(context: Context) -> Option<ContextGuard> {
    (!is_ending()).then(|| context.attach())
}

/// Whether a panic is only the context's word that it is gone, and nobody needs to hear of it.
pub(crate) fn is_asking() -> bool {
    STATE.get() == State::Asking
}

/// The thread may have used the context before it was first traced, and the context be gone already: that shows by a panic alone.
#[cold]
fn is_ending_or_new() -> bool {
    if STATE.get() == State::New {
        STATE.set(State::Asking);
        let is_there = catch_unwind(|| Context::map_current(|_| {})).is_ok();
        if is_there {
            SENTINEL.with(|_| {});
        }
        STATE.set(if is_there { State::Running } else { State::Ending });
    }
    STATE.get() == State::Ending
}
