//! What runs when the process exits: at `std::process::exit` and behind a return from `main`.

use core::ffi::c_int;

// SAFETY: this is `atexit` of the C library, which the standard library is linked with. It may be called on any thread and at any time, and
// keeps nothing but the address of a function.
unsafe extern "C" {
    safe fn atexit(run: extern "C" fn()) -> c_int;
}

/// Runs `run` then, on the thread that exits, before what was registered earlier. Whether there was room for it.
pub(crate) fn at_exit(run: extern "C" fn()) -> bool {
    atexit(run) == 0
}
