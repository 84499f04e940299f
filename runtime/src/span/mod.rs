//! The span path: what happens between the first and the last line of an annotated function.
//! In: a [`Callsite`] and what the attribute's arguments gave. Out: a span in [`opentelemetry::Context`], recorded by the engine or by
//! the application's own provider. Refuses nothing: what cannot be recorded costs a load and a branch.

#[cfg(feature = "sdk")]
use crate::engine::{Plain, begin_plain};
use crate::outcome::Mode;

mod attributes;
mod callsite;
mod caught;
mod current;
mod deferred;
mod detached;
mod entered;
mod inner;
mod other;
mod panics;
mod place;
mod run;
mod start;
mod stream;
mod switch;
pub(crate) mod thread;

pub use attributes::Attributes;
#[cfg(feature = "sdk")]
pub(crate) use attributes::{Entry, read};
pub(crate) use callsite::Callsite;
pub use callsite::Site;
#[cfg(feature = "sdk")]
pub(crate) use caught::panic_message;
pub(crate) use caught::{caught, write_caught};
#[cfg(feature = "sdk")]
pub(crate) use current::exception;
pub(crate) use current::record_failure;
pub use current::{add_event, is_recording, link, rename, set_attributes, set_status, span_id, trace_id};
pub(crate) use deferred::Deferred;
pub use detached::Span;
pub use entered::Entered;
pub(crate) use inner::Inner;
pub(crate) use other::Other;
pub(crate) use panics::{Panic, install_hook};
pub(crate) use run::in_future;
pub use run::{Run, run, wrap_future, wrap_unpin};
#[cfg(feature = "sdk")]
pub(crate) use start::{Begun, Name, parent_in};
pub(crate) use start::{Parent, start_name};
pub use start::{Start, name};
pub use stream::wrap_stream;
pub(crate) use switch::{Backend, backend};
#[cfg(feature = "sdk")]
pub(crate) use switch::{capturing, only_engine, switch_to_engine};
pub use switch::{enabled, use_global_provider};

/// A span that is current from here to its end: the first line of a function that is not `async`.
#[inline]
pub fn enter<F: Fn()>(site: &'static Site, here: F) -> Entered {
    if enabled() { enter_recorded(Callsite::new(site, here)) } else { Entered::OFF }
}

/// The same, or the span of the future that the function returns: which of the two, the returned type says.
#[inline]
pub fn enter_as<F: Fn()>(mode: impl Into<Mode>, site: &'static Site, here: F) -> Entered {
    match mode.into() {
        Mode::Call => enter(site, here),
        Mode::Future if enabled() => Start::new(site, here).mode(Mode::Future).enter(),
        Mode::Future => Entered::OFF,
    }
}

#[inline(never)]
fn enter_recorded(callsite: Callsite) -> Entered {
    if thread::is_ending() {
        return Entered::OFF;
    }
    #[cfg(feature = "sdk")]
    if only_engine() {
        match begin_plain(callsite, |_| {}) {
            Plain::Begun(live, context) => return Entered::live(live, context),
            Plain::Nothing => return Entered::OFF,
            Plain::Unusual => {}
        }
    }
    Start::at(callsite).enter()
}

/// A span that is current wherever it is polled: the first line of an `async` function.
#[inline]
pub fn start<F: Fn()>(site: &'static Site, here: F) -> Span {
    if enabled() { start_recorded(Callsite::new(site, here)) } else { Span::OFF }
}

#[inline(never)]
fn start_recorded(callsite: Callsite) -> Span {
    if thread::is_ending() {
        return Span::OFF;
    }
    #[cfg(feature = "sdk")]
    if only_engine() {
        match begin_plain(callsite, |_| {}) {
            Plain::Begun(live, context) => return Span::live(live, context),
            Plain::Nothing => return Span::OFF,
            Plain::Unusual => {}
        }
    }
    Start::at(callsite).start()
}

/// Calls `body`; what a `return` or a `?` in it leaves is this call.
#[inline(always)]
#[allow(clippy::inline_always)] // the function's body must not become a call of its own
pub fn call<R>(body: impl FnOnce() -> R) -> R {
    body()
}

/// Names a type to the compiler in a branch that never runs.
#[allow(clippy::empty_loop)]
pub fn never<T>() -> T {
    loop {}
}
