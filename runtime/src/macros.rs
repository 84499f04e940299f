//! What is written inside a span: attributes, events, errors, and spans by hand.

use crate::outcome::Failure;
use crate::span::record_failure;
use core::ops::Deref;
use std::error::Error;

/// Records an error on the current span: an `exception` event with type, message and the chain of sources, status Error with the
/// message, and `error.type`. Takes every `std::error::Error`, and what holds one: a box, `anyhow::Error`, `eyre::Report`.
pub fn record_error<Via>(error: &(impl Recordable<Via> + ?Sized)) {
    record_failure(|| error.failure());
}

/// An error that [`record_error`] takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error that can be recorded",
    label = "expected a `std::error::Error`, or a box or report of one",
    note = "implement `std::error::Error` for `{Self}`, or use `traced::set_status(Status::error(text))`"
)]
pub trait Recordable<Via> {
    #[doc(hidden)]
    #[allow(private_interfaces)] // sealed by it
    fn failure(&self) -> Failure;
}

/// It is an error.
#[derive(Debug)]
pub struct ViaError;
/// It holds an error that can change threads.
#[derive(Debug)]
pub struct ViaSyncReport;
/// It holds an error.
#[derive(Debug)]
pub struct ViaReport;

#[allow(private_interfaces)]
impl<E: Error + ?Sized> Recordable<ViaError> for E {
    fn failure(&self) -> Failure {
        // `dyn Error` itself cannot be borrowed as `dyn Error` once more; a reference to it can.
        Failure::of_error(core::any::type_name::<E>(), &self)
    }
}

#[allow(private_interfaces)]
impl<E: Deref<Target = dyn Error + Send + Sync + 'static>> Recordable<ViaSyncReport> for E {
    fn failure(&self) -> Failure {
        Failure::of_error(core::any::type_name::<E>(), &**self)
    }
}

#[allow(private_interfaces)]
impl<E: Deref<Target = dyn Error + 'static>> Recordable<ViaReport> for E {
    fn failure(&self) -> Failure {
        Failure::of_error(core::any::type_name::<E>(), &**self)
    }
}

/// Sets attributes of the current span; the values are evaluated only while it is recorded.
///
/// ```
/// # let order = "ord-1"; let tier = "gold";
/// traced::record!(order.id = order, "customer.tier" = %tier);
/// ```
#[macro_export]
macro_rules! record {
    ($($attributes:tt)*) => {
        if $crate::__private::is_recording() {
            $crate::__private::set_attributes(&$crate::__attributes!($($attributes)*));
        }
    };
}

/// Adds an event to the current span; the values are evaluated only while it is recorded.
///
/// ```
/// # let order = "ord-1";
/// traced::event!("order-completed", order.id = order, items = 3);
/// ```
#[macro_export]
macro_rules! event {
    ($name:expr $(, $($attributes:tt)*)?) => {
        if $crate::__private::is_recording() {
            $crate::__private::add_event($name, &$crate::__attributes!($($($attributes)*)?));
        }
    };
}

/// A [`Span`](crate::Span) by hand: a name, optionally `kind = client`, and attributes.
///
/// ```
/// let mut span = traced::span!("charge", kind = client, amount = 3);
/// span.in_scope(|| println!("charging"));
/// ```
#[macro_export]
macro_rules! span {
    ($name:literal, kind = $kind:ident $(, $($attributes:tt)*)?) => {
        $crate::__span!($name, $kind, $($($attributes)*)?)
    };
    ($name:literal $(, $($attributes:tt)*)?) => {
        $crate::__span!($name, internal, $($($attributes)*)?)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __span {
    ($name:literal, $kind:ident, $($attributes:tt)*) => {{
        static __TRACED_SITE: $crate::__private::Site = $crate::__private::Site {
            name: $name,
            scope: match ::core::option_env!("CARGO_PKG_NAME") { ::core::option::Option::Some(name) => name, _ => "" },
            version: match ::core::option_env!("CARGO_PKG_VERSION") { ::core::option::Option::Some(version) => version, _ => "" },
            file: ::core::file!(),
            line: ::core::line!(),
            kind: $crate::__kind!($kind),
            leaf: false,
            none_is_error: false,
        };
        if $crate::__private::enabled() {
            $crate::__private::Start::new(&__TRACED_SITE, || {})
                .attributes(&mut |__traced_attributes| $crate::__write!(__traced_attributes, $($attributes)*))
                .start()
        } else {
            $crate::__private::Span::OFF
        }
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (internal) => {
        $crate::__private::SpanKind::Internal
    };
    (server) => {
        $crate::__private::SpanKind::Server
    };
    (client) => {
        $crate::__private::SpanKind::Client
    };
    (producer) => {
        $crate::__private::SpanKind::Producer
    };
    (consumer) => {
        $crate::__private::SpanKind::Consumer
    };
    ($other:ident) => {
        ::core::compile_error!(::core::concat!(
            "unknown kind `",
            ::core::stringify!($other),
            "`; kinds are `internal`, `server`, `client`, `producer`, `consumer`"
        ))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __attributes {
    ($($attributes:tt)*) => {{
        #[allow(unused_mut)]
        let mut __traced_attributes = $crate::__private::Attributes::default();
        $crate::__write!((&mut __traced_attributes), $($attributes)*);
        __traced_attributes
    }};
}

/// `key = value`, `key = %value`, `key = ?value`, `key`, with a dotted or quoted key; one statement each.
#[doc(hidden)]
#[macro_export]
macro_rules! __write {
    ($to:tt $(,)?) => { () };
    ($to:tt, $($key:ident).+ = % $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::display($to, $crate::__key!($($key).+), &$value);
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $key:literal = % $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::display($to, $key, &$value);
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $($key:ident).+ = ? $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::debug($to, $crate::__key!($($key).+), &$value);
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $key:literal = ? $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::debug($to, $key, &$value);
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $($key:ident).+ = $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::Capture::new(&$value).traced_capture($to, $crate::__key!($($key).+));
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $key:literal = $value:expr $(, $($rest:tt)*)?) => {{
        $crate::__private::value::Capture::new(&$value).traced_capture($to, $key);
        $crate::__write!($to, $($($rest)*)?)
    }};
    ($to:tt, $key:ident $(, $($rest:tt)*)?) => {{
        $crate::__private::value::Capture::new(&$key).traced_capture($to, ::core::stringify!($key));
        $crate::__write!($to, $($($rest)*)?)
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($first:ident $(. $rest:ident)*) => { ::core::concat!(::core::stringify!($first) $(, ".", ::core::stringify!($rest))*) };
}
