//! Whole traces of annotated code, captured in the test and compared as text.

#![allow(missing_docs, clippy::unnecessary_wraps)]

mod attributes;
mod functions;
mod futures;
mod interop;
mod messages;
mod outcome;
mod propagation;
mod spans;
