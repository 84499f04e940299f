//! `#[auto_span]` over the SDK. It has no attributes, and records an error where `?` meets one.
#![allow(unknown_lints)] // its expansion allows a lint that does not exist

use super::{CHILDREN, Failure, Functions};
use core::hint::black_box;
use opentelemetry_auto_span::auto_span;

pub(super) const FUNCTIONS: Functions = Functions {
    plain,
    attributes: None,
    error: || drop(black_box(error())),
    unsampled: plain,
    leaf: None,
    asynchronous: || Box::pin(asynchronous()),
};

#[auto_span]
fn plain() {
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

#[auto_span]
fn plain_child(n: u64) {
    black_box(n);
}

#[auto_span]
fn error() -> Result<(), Failure> {
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    Err(Failure)?
}

#[auto_span]
fn error_child(n: u64) -> Result<(), Failure> {
    black_box(n);
    Err(Failure)?
}

#[auto_span]
async fn asynchronous() {
    for n in 0..CHILDREN {
        asynchronous_child(n).await;
    }
}

#[auto_span]
async fn asynchronous_child(n: u64) {
    black_box(n);
    tokio::task::yield_now().await;
}
