//! Which of the three back ends records: off, our engine, or the application's global provider - and, beside them, whether any test is
//! capturing. One word, loaded once a span.

use core::sync::atomic::{AtomicUsize, Ordering};
use opentelemetry::Context;

/// The low two bits name the back end; each running capture adds four.
static SWITCH: AtomicUsize = AtomicUsize::new(Switch::Off as usize);

const BACKEND: usize = 0b11;
#[cfg(feature = "sdk")]
const CAPTURE: usize = 0b100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    Off = 0,
    #[cfg(feature = "sdk")]
    Engine = 1,
    Global = 2,
}

/// Whether any span would be recorded: one load.
#[inline(always)]
#[allow(clippy::inline_always)] // what an annotated function costs without `init`
pub fn enabled() -> bool {
    SWITCH.load(Ordering::Relaxed) != Switch::Off as usize
}

/// Sends annotated functions to whatever provider the application installed with the plain API
/// (`opentelemetry::global::set_tracer_provider`), now or later.
///
/// Without effect once [`init`](crate::init) has installed the engine.
pub fn use_global_provider() {
    super::install_hook();
    let _ = SWITCH.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |word| {
        (word & BACKEND == Switch::Off as usize).then_some(word | Switch::Global as usize)
    });
}

/// From now on spans go to the engine, which must be there.
#[cfg(feature = "sdk")]
pub(crate) fn switch_to_engine() {
    let _ = SWITCH.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |word| Some(word & !BACKEND | Switch::Engine as usize));
}

/// A capture begins or ends.
#[cfg(feature = "sdk")]
pub(crate) fn capturing(on: bool) {
    if on {
        SWITCH.fetch_add(CAPTURE, Ordering::AcqRel);
    } else {
        SWITCH.fetch_sub(CAPTURE, Ordering::AcqRel);
    }
}

/// Whether spans go to the engine, and no test captures any.
#[cfg(feature = "sdk")]
#[inline]
pub(crate) fn only_engine() -> bool {
    SWITCH.load(Ordering::Acquire) == Switch::Engine as usize
}

/// Where a span that starts in `context` goes.
#[derive(Debug)]
pub(crate) enum Backend {
    Off,
    #[cfg(feature = "sdk")]
    Engine(crate::engine::Home),
    Global,
}

#[inline]
pub(crate) fn backend(context: &Context) -> Backend {
    let word = SWITCH.load(Ordering::Acquire);
    if context.is_telemetry_suppressed() {
        return Backend::Off;
    }
    #[cfg(feature = "sdk")]
    {
        if word >= CAPTURE
            && let Some(capture) = crate::engine::Capture::of(context)
        {
            return Backend::Engine(crate::engine::Home::Capture(capture));
        }
        if word & BACKEND == Switch::Engine as usize {
            let of_parent = crate::engine::Engine::get().is_some_and(crate::engine::Engine::is_of_parent);
            return if of_parent { Backend::Off } else { Backend::Engine(crate::engine::Home::Engine) };
        }
    }
    if word & BACKEND == Switch::Global as usize { Backend::Global } else { Backend::Off }
}
