//! What a panic said: a hook, chained in front of the application's own, keeps the message, place and backtrace of this thread's last
//! panic for the spans that the panic leaves.

use super::enabled;
use crate::outcome::Failure;
use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::sync::Once;

thread_local! {
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

struct Panic {
    message: String,
    location: String,
    backtrace: Backtrace,
}

/// Puts the hook in front of the one that is installed, once.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
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
            *last = Some(panic);
        }
    });
}

/// The panic that is leaving the function now.
#[cold]
pub(crate) fn failure() -> Failure {
    let known = LAST.try_with(|last| {
        let last = last.try_borrow().ok()?;
        let panic = last.as_ref()?;
        Some(Failure {
            kind: "panic".into(),
            message: panic.message.clone().into(),
            stacktrace: Some(format!("at {}\n{}", panic.location, panic.backtrace)),
        })
    });
    known.ok().flatten().unwrap_or_else(|| Failure::of_text("panic", "panicked".to_owned()))
}
