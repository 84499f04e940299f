//! From a Rust value to an attribute: [`IntoValue`] for the types that have an OpenTelemetry form, and the choice an expansion makes
//! for any other type (Display, else Debug, else a compile error at the user's expression).

mod capture;
mod impls;

pub use capture::{Capture, debug, display, redacted};

use crate::span::Attributes;
use opentelemetry::Value;

/// A type that becomes an attribute of its own kind rather than its text.
///
/// Implemented for integers, floats, `bool`, `char`, strings, references and smart pointers to them, and slices, vectors and arrays of
/// them. Implement it for a type of your own to give it a typed value:
///
/// ```
/// struct Cents(i64);
///
/// impl traced::IntoValue for Cents {
///     fn into_value(&self) -> traced::opentelemetry::Value {
///         self.0.into()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be recorded as an attribute",
    label = "neither a value, nor `Display`, nor `Debug`",
    note = "record one of its fields, or implement `traced::IntoValue`, `Display` or `Debug` for `{Self}`"
)]
pub trait IntoValue {
    /// The attribute's value.
    #[allow(clippy::wrong_self_convention)] // the value recorded stays the user's
    fn into_value(&self) -> Value;

    /// Writes the value without building a [`Value`], where that can be avoided.
    #[doc(hidden)]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.made(key, &|| self.into_value());
    }
}
