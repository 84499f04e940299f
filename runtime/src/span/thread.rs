//! Whether this thread is ending: OpenTelemetry's current context is gone then, and asking for it in a destructor would abort the process.

use super::caught::caught;
use core::cell::Cell;
use opentelemetry::{Context, ContextGuard};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
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

/// The thread may have used the context before it was first traced, and the context be gone already: that shows by a panic alone.
#[cold]
fn is_ending_or_new() -> bool {
    if STATE.get() == State::New {
        let is_there = caught(|| Context::map_current(|_| {})).is_ok();
        if is_there {
            SENTINEL.with(|_| {});
        }
        STATE.set(if is_there { State::Running } else { State::Ending });
    }
    STATE.get() == State::Ending
}
