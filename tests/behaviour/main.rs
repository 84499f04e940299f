//! Whole traces of annotated code, captured in the test and compared as text.

// What is annotated stands for anything that can be: it does little, and some of it for no reason.
#![allow(missing_docs, clippy::needless_pass_by_value, clippy::unnecessary_wraps, clippy::unused_async)]

mod attributes;
mod buses;
mod carriers;
mod caught;
mod functions;
mod futures;
mod hygiene;
mod interop;
mod kafka;
mod messages;
mod outcome;
mod peers;
mod positions;
mod propagation;
mod spans;
mod streams;
