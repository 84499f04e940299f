//! Code of the user's that runs only because there is a trace: how a value prints itself, what an error's source is. A panic in it is text
//! of the trace, `[panicked: MESSAGE]`, and the program, which without the trace would not have called it, goes on.

use core::any::Any;
use core::cell::Cell;
use core::fmt::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread would be caught here: then it is nobody else's to hear of. Where panics abort, none is caught.
pub(super) fn is_catching() -> bool {
    cfg!(panic = "unwind") && CATCHING.get()
}

/// What the call gives, or the text that stands in its place.
pub(crate) fn caught<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CATCHING.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    CATCHING.set(outer);
    result.map_err(|payload| format!("[panicked: {}]", panic_message(payload)))
}

/// Appends a text. What a formatter that fails wrote until then is kept, because a text cut short says more than none; what one that
/// panics wrote is taken back.
pub(crate) fn write_caught(to: &mut String, text: fmt::Arguments<'_>) {
    let start = to.len();
    let written = caught(|| {
        let _ = to.write_fmt(text);
    });
    if let Err(instead) = written {
        to.truncate(start);
        to.push_str(&instead);
    }
}

/// What was said in a panic that was caught.
pub(crate) fn panic_message(payload: Box<dyn Any + Send>) -> String {
    let other = match payload.downcast::<String>() {
        Ok(text) => return *text,
        Err(other) => other,
    };
    if let Some(text) = other.downcast_ref::<&str>() {
        return (*text).to_owned();
    }
    // Its destructor is somebody else's code too.
    core::mem::forget(other);
    "with a value that is not text".to_owned()
}
