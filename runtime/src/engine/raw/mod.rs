//! The two things that the standard library has no safe form of at this price, and the only `unsafe` of the project: a buffer that one
//! thread appends to while another reads, and a value that its owner may change while nobody else has it.
//!
//! Both are generic, know nothing of spans, and are tested under Miri (`just miri`), under the thread sanitizer (`just tsan`), and in every
//! order that threads can run in (`just loom`).

#![allow(unsafe_code)]

mod both;
mod buffer;
mod sync;
#[cfg(test)]
mod tests;

pub(crate) use both::{Both, Hold};
pub(crate) use buffer::{Reader, Writer, buffer};
