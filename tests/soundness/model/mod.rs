//! The two primitives of `raw`, and the log that is made of them, compiled against loom: their models run in every order that the
//! threads can, and with every value that an atomic may still show.

#![allow(unsafe_code)]

#[path = "../../../runtime/src/raw/both.rs"]
mod both;
#[path = "../../../runtime/src/raw/buffer.rs"]
mod buffer;
mod engine;
#[path = "../../../runtime/src/engine/log.rs"]
mod log;
mod sync;

use engine::{chunk, queue, record};

mod of_both;
mod of_buffer;
mod of_log;
