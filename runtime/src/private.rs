//! Everything an expansion of `#[traced]` calls. Not part of the public interface: it changes with the macro, in step with it.

pub use crate::outcome::Mode;
pub use crate::span::{
    Attributes, Entered, Run, Site, Span, Start, add_event, call, enabled, enter, enter_as, is_recording, name, never, run, set_attributes,
    start, wrap_future, wrap_stream, wrap_unpin,
};
pub use core::option::Option::Some;
pub use opentelemetry::trace::SpanKind;
pub use std::boxed::Box;

/// From an expression to an attribute.
pub mod value {
    pub use crate::value::{Capture, debug, display, redacted};
}

/// From a returned value to the span's outcome.
pub mod outcome {
    pub use crate::outcome::{Kind, Returning, ReturningGeneric, Value, of, of_generic};
}
