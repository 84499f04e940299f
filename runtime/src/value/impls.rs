//! [`IntoValue`] for the types of the standard library that have an OpenTelemetry form.
//! Integers beyond `i64` become their decimal text, so that no number is ever recorded as another one.

use super::IntoValue;
use crate::span::Attributes;
use opentelemetry::{Array, StringValue, Value};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

macro_rules! integers {
    ($($small:ty),*; $($large:ty),*) => {
        $(impl IntoValue for $small {
            fn into_value(&self) -> Value {
                Value::I64(i64::from(*self))
            }
            #[inline]
            fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
                attributes.i64(key, i64::from(*self));
            }
        }
        impl Element for $small {
            fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
            where
                Self: 'a,
            {
                Array::I64(elements.map(|&element| i64::from(element)).collect())
            }
        })*
        $(impl IntoValue for $large {
            fn into_value(&self) -> Value {
                i64::try_from(*self).map_or_else(|_| Value::from(self.to_string()), Value::I64)
            }
            #[inline]
            fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
                match i64::try_from(*self) {
                    Ok(value) => attributes.i64(key, value),
                    Err(_) => attributes.display(key, self),
                }
            }
        }
        impl Element for $large {
            fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
    where
        Self: 'a,
    {
                let elements: Vec<Self> = elements.copied().collect();
                match elements.iter().map(|&element| i64::try_from(element)).collect() {
                    Ok(all_fit) => Array::I64(all_fit),
                    Err(_) => Array::String(elements.iter().map(|element| element.to_string().into()).collect()),
                }
            }
        })*
    };
}

integers!(i8, i16, i32, i64, u8, u16, u32; isize, u64, usize, i128, u128);

impl IntoValue for bool {
    fn into_value(&self) -> Value {
        Value::Bool(*self)
    }
    #[inline]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.bool(key, *self);
    }
}

impl IntoValue for f64 {
    fn into_value(&self) -> Value {
        Value::F64(*self)
    }
    #[inline]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.f64(key, *self);
    }
}

impl IntoValue for f32 {
    fn into_value(&self) -> Value {
        Value::F64(f64::from(*self))
    }
    #[inline]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.f64(key, f64::from(*self));
    }
}

impl IntoValue for char {
    fn into_value(&self) -> Value {
        Value::from(self.to_string())
    }
    #[inline]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.text(key, self.encode_utf8(&mut [0; 4]));
    }
}

impl IntoValue for str {
    fn into_value(&self) -> Value {
        Value::from(self.to_owned())
    }
    #[inline]
    fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
        attributes.text(key, self);
    }
}

impl IntoValue for Value {
    fn into_value(&self) -> Value {
        self.clone()
    }
}

macro_rules! like_what_they_hold {
    ($($(#[$bound:ident])? [$($generics:tt)*] $pointer:ty => $target:ty),* $(,)?) => {
        $(impl<$($generics)*> IntoValue for $pointer {
            fn into_value(&self) -> Value {
                <$target as IntoValue>::into_value(self)
            }
            #[inline]
            fn __capture(&self, attributes: &mut Attributes, key: &'static str) {
                <$target as IntoValue>::__capture(self, attributes, key);
            }
        })*
    };
}

like_what_they_hold!(
    [] String => str,
    [T: IntoValue + ?Sized] &T => T,
    [T: IntoValue + ?Sized] &mut T => T,
    [T: IntoValue + ?Sized] Box<T> => T,
    [T: IntoValue + ?Sized] Rc<T> => T,
    [T: IntoValue + ?Sized] Arc<T> => T,
    [T: IntoValue + ToOwned + ?Sized] Cow<'_, T> => T,
    [T: Element] Vec<T> => [T],
    [T: Element, const N: usize] [T; N] => [T],
);

/// What an array attribute may hold: all elements are of one kind, as the specification asks.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` cannot be recorded as an attribute",
    label = "its elements are neither numbers, nor `bool`, nor text",
    note = "record its text, `key = ?value`, or its length, `key = value.len()`"
)]
trait Element: Sized {
    fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
    where
        Self: 'a;
}

impl<T: Element> IntoValue for [T] {
    fn into_value(&self) -> Value {
        Value::Array(T::array(&mut self.iter()))
    }
}

impl Element for bool {
    fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
    where
        Self: 'a,
    {
        Array::Bool(elements.copied().collect())
    }
}

impl Element for f64 {
    fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
    where
        Self: 'a,
    {
        Array::F64(elements.copied().collect())
    }
}

impl Element for f32 {
    fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
    where
        Self: 'a,
    {
        Array::F64(elements.map(|&element| f64::from(element)).collect())
    }
}

macro_rules! strings {
    ($([$($lifetime:lifetime)?] $string:ty),*) => {
        $(impl<$($lifetime)?> Element for $string {
            fn array<'a>(elements: &mut dyn Iterator<Item = &'a Self>) -> Array
            where
                Self: 'a,
            {
                Array::String(elements.map(|element| StringValue::from(element.to_string())).collect())
            }
        })*
    };
}

strings!([] String, [] char, ['s] &'s str, ['s] Cow<'s, str>, [] Arc<str>, [] Box<str>);
