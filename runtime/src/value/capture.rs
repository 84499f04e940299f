//! The choice of a conversion, made by the compiler: `(&&&&Capture(&value)).capture(attributes, key)` finds the first of
//! typed value, `Display`, `Debug` that the value's type has, and otherwise reports [`IntoValue`]'s own words.

use super::IntoValue;
use crate::span::Attributes;
use core::fmt::{Debug, Display};

/// A borrowed value, to be asked which conversions it has.
#[derive(Debug)]
pub struct Capture<'a, T: ?Sized>(pub &'a T);

/// [`IntoValue`], and what is absent when it is `None`.
pub trait Capturable {
    /// Writes the value, or nothing.
    fn capture_into(&self, attributes: &mut Attributes, key: &'static str);
}

impl<T: IntoValue + ?Sized> Capturable for T {
    #[inline]
    fn capture_into(&self, attributes: &mut Attributes, key: &'static str) {
        self.__capture(attributes, key);
    }
}

impl<T: Capturable> Capturable for Option<T> {
    #[inline]
    fn capture_into(&self, attributes: &mut Attributes, key: &'static str) {
        if let Some(value) = self {
            value.capture_into(attributes, key);
        }
    }
}

/// References to it; twice, where it is looked at in a `Result` or is what a function returns.
macro_rules! references {
    ($($reference:ty),*) => {
        $(impl<T: Capturable> Capturable for $reference {
            #[inline]
            fn capture_into(&self, attributes: &mut Attributes, key: &'static str) {
                (**self).capture_into(attributes, key);
            }
        })*
    };
}

references!(&Option<T>, &mut Option<T>, &&Option<T>, &&mut Option<T>);

/// First choice: a typed value.
pub trait ViaValue {
    /// Writes the value.
    fn capture(&self, attributes: &mut Attributes, key: &'static str);
}

impl<T: Capturable + ?Sized> ViaValue for &&&Capture<'_, T> {
    #[inline]
    fn capture(&self, attributes: &mut Attributes, key: &'static str) {
        self.0.capture_into(attributes, key);
    }
}

/// Second choice: the text of its `Display`.
pub trait ViaDisplay {
    /// Writes the text.
    fn capture(&self, attributes: &mut Attributes, key: &'static str);
}

impl<T: Display + ?Sized> ViaDisplay for &&Capture<'_, T> {
    #[inline]
    fn capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.display(key, self.0);
    }
}

/// Second choice, for what may be absent.
pub trait ViaOptionDisplay {
    /// Writes the text, or nothing.
    fn capture(&self, attributes: &mut Attributes, key: &'static str);
}

impl<T: Display> ViaOptionDisplay for &&Capture<'_, Option<T>> {
    #[inline]
    fn capture(&self, attributes: &mut Attributes, key: &'static str) {
        if let Some(value) = self.0 {
            attributes.display(key, value);
        }
    }
}

/// Third choice: the text of its `Debug`.
pub trait ViaDebug {
    /// Writes the text.
    fn capture(&self, attributes: &mut Attributes, key: &'static str);
}

impl<T: Debug + ?Sized> ViaDebug for &Capture<'_, T> {
    #[inline]
    fn capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.debug(key, self.0);
    }
}

/// No choice left: the bound that cannot hold makes the compile error.
pub trait ViaNothing {
    /// The value's type.
    type Value: ?Sized;
    /// Never compiles.
    fn capture(&self, attributes: &mut Attributes, key: &'static str)
    where
        Self::Value: IntoValue;
}

impl<T: ?Sized> ViaNothing for Capture<'_, T> {
    type Value = T;
    fn capture(&self, attributes: &mut Attributes, key: &'static str)
    where
        T: IntoValue,
    {
        self.0.capture_into(attributes, key);
    }
}

/// `key = %value`.
#[inline]
pub fn display(attributes: &mut Attributes, key: &'static str, value: &(impl Display + ?Sized)) {
    attributes.display(key, value);
}

/// `key = ?value`.
#[inline]
pub fn debug(attributes: &mut Attributes, key: &'static str, value: &(impl Debug + ?Sized)) {
    attributes.debug(key, value);
}

/// `#[attr("key", redact)]`: that it was there, not what it was.
pub fn redacted(attributes: &mut Attributes, key: &'static str) {
    attributes.literal(key, "[redacted]");
}
