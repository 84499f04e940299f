//! The choice of a conversion, made by the compiler: `Capture::new(&value).traced_capture(attributes, key)` walks down the types below, one
//! `Deref` a step, to the first of typed value, `Display`, `Debug` that the value's type has, and otherwise reports [`IntoValue`]'s own
//! words. Methods of the types themselves: no trait has to be in scope, and none of the user's can come in between.

use super::IntoValue;
use crate::span::Attributes;
use core::fmt::{Debug, Display};
use core::ops::Deref;

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

/// The steps of the choice, first to last: each holds the next.
macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $step:ident else $next:ident)*) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $step<'a, T: ?Sized>($next<'a, T>);

            impl<'a, T: ?Sized> Deref for $step<'a, T> {
                type Target = $next<'a, T>;
                #[inline]
                fn deref(&self) -> &$next<'a, T> {
                    &self.0
                }
            }
        )*
    };
}

steps! {
    /// A borrowed value, to be asked which conversions it has. First: a typed value.
    Capture else WithDisplay
    /// Second: the text of its `Display`.
    WithDisplay else WithOptionalDisplay
    /// Second, for what may be absent.
    WithOptionalDisplay else WithDebug
    /// Third: the text of its `Debug`.
    WithDebug else Unrecordable
}

/// No choice left: the bound that cannot hold makes the compile error.
#[derive(Debug)]
pub struct Unrecordable<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> Capture<'a, T> {
    /// Borrows the value.
    #[inline]
    pub const fn new(value: &'a T) -> Self {
        Self(WithDisplay(WithOptionalDisplay(WithDebug(Unrecordable(value)))))
    }
}

impl<T: Capturable + ?Sized> Capture<'_, T> {
    /// Writes the value.
    #[inline]
    pub fn traced_capture(&self, attributes: &mut Attributes, key: &'static str) {
        self.0.0.0.0.0.capture_into(attributes, key);
    }
}

impl<T: Display + ?Sized> WithDisplay<'_, T> {
    /// Writes the text.
    #[inline]
    pub fn traced_capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.display(key, self.0.0.0.0);
    }
}

impl<T: Display> WithOptionalDisplay<'_, Option<T>> {
    /// Writes the text, or nothing.
    #[inline]
    pub fn traced_capture(&self, attributes: &mut Attributes, key: &'static str) {
        if let Some(value) = self.0.0.0 {
            attributes.display(key, value);
        }
    }
}

impl<T: Debug + ?Sized> WithDebug<'_, T> {
    /// Writes the text.
    #[inline]
    pub fn traced_capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.debug(key, self.0.0);
    }
}

impl<T: ?Sized> Unrecordable<'_, T> {
    /// Never compiles.
    pub fn traced_capture(&self, attributes: &mut Attributes, key: &'static str)
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
