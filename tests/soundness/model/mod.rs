//! The two primitives of `engine::raw`, compiled against loom: their models run in every order that the threads can, and with every value
//! that an atomic may still show.

#![allow(unsafe_code)]

#[path = "../../../runtime/src/engine/raw/both.rs"]
mod both;
#[path = "../../../runtime/src/engine/raw/buffer.rs"]
mod buffer;
mod sync;

mod of_both;
mod of_buffer;
