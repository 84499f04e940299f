//! What the standard library and the language have no safe form of, and the only `unsafe` of the project: a buffer that one thread appends
//! to while another reads, a value that its owner may change while nobody else has it, a boxed future or stream around another one, and a function
//! that runs when the process exits.
//!
//! All are generic, know nothing of spans, and are tested under Miri (`just miri`); the first two, which threads share, under the thread
//! sanitizer (`just tsan`) and in every order that threads can run in (`just loom`) too. The last is the C library's: whole programs test it.

#![allow(unsafe_code)]

#[cfg(feature = "sdk")]
mod both;
mod boxed;
#[cfg(feature = "sdk")]
mod buffer;
#[cfg(feature = "sdk")]
mod exit;
#[cfg(feature = "sdk")]
mod sync;
#[cfg(all(test, feature = "sdk"))]
mod tests;

#[cfg(feature = "sdk")]
pub(crate) use both::{Both, Hold};
pub(crate) use boxed::{Conclude, Surround, Surroundings};
#[cfg(feature = "sdk")]
pub(crate) use buffer::{Reader, Writer, buffer};
#[cfg(feature = "sdk")]
pub(crate) use exit::at_exit;
