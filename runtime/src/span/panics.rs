//! What a panic said: a hook, chained in front of the application's own, keeps the message, place and backtrace of this thread's last
//! panic for the spans that the panic leaves. A panic that is caught in code called only for the trace is kept from both: nothing happened
//! that the program, untraced, would have heard of.

use super::caught::is_catching;
use super::enabled;
use crate::outcome::{Failure, Stacktrace};
use core::fmt;
use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::{Arc, Once};

thread_local! {
    static LAST: RefCell<Option<Arc<Panic>>> = const { RefCell::new(None) };
}

/// A panic; its backtrace is only resolved to names when it is written.
#[derive(Debug)]
pub(crate) struct Panic {
    message: String,
    location: String,
    backtrace: Backtrace,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {}\n{}", self.location, self.backtrace)
    }
}

/// Puts the hook in front of the one that is installed, once.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if is_catching() {
                return;
            }
            if enabled() {
                keep(info);
            }
            previous(info);
        }));
    });
}

fn keep(info: &PanicHookInfo<'_>) {
    let panic = Panic {
        message: info.payload_as_str().unwrap_or("panicked with a value that is not text").to_owned(),
        location: info.location().map(ToString::to_string).unwrap_or_default(),
        backtrace: Backtrace::force_capture(),
    };
    let _ = LAST.try_with(|last| {
        if let Ok(mut last) = last.try_borrow_mut() {
            *last = Some(Arc::new(panic));
        }
    });
}

/// The panic that is leaving the function now.
#[cold]
pub(crate) fn failure() -> Failure {
    let last = || LAST.try_with(|last| last.try_borrow().ok().and_then(|last| last.clone())).ok().flatten();
    match (!is_catching()).then(last).flatten() {
        Some(panic) => Failure { kind: "panic".into(), message: panic.message.clone().into(), stacktrace: Some(Stacktrace::Panic(panic)) },
        None => Failure::of_text("panic", "panicked".to_owned()),
    }
}
