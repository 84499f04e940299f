//! The primitives of `raw` that threads share, the log that is made of them, and the queue that full chunks go to, compiled against loom:
//! their models run in every order that the threads can, and with every value that an atomic may still show.

#![allow(unsafe_code)]

#[path = "../../../runtime/src/raw/both.rs"]
mod both;
#[path = "../../../runtime/src/raw/buffer.rs"]
mod buffer;
mod engine;
#[path = "../../../runtime/src/engine/log.rs"]
mod log;
#[path = "../../../runtime/src/engine/queue.rs"]
mod queue;
mod sync;

pub(crate) use engine::config;
use engine::{chunk, record, stats};

mod of_both;
mod of_buffer;
mod of_log;
mod of_queue;
