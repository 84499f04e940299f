//! The functions without spans: what tokio and the loop cost.

use super::{CHILDREN, Failure, Functions, Installed, TEXT};
use core::hint::black_box;

pub(super) const FUNCTIONS: Functions = Functions {
    plain,
    attributes: Some(attributes),
    error: || drop(black_box(error())),
    unsampled: plain,
    leaf: None,
    asynchronous: || Box::pin(asynchronous()),
};

struct Nothing;

impl Installed for Nothing {
    fn flush(&self) {}
    fn shutdown(self: Box<Self>) {}
}

pub(super) fn install() -> Box<dyn Installed> {
    Box::new(Nothing)
}

#[inline(never)]
fn plain() {
    for n in 0..CHILDREN {
        plain_child(n);
    }
}

#[inline(never)]
fn plain_child(n: u64) {
    black_box(n);
}

#[inline(never)]
fn attributes() {
    for n in 0..10 {
        attributes_child(n, "gold", TEXT);
    }
}

#[inline(never)]
fn attributes_child(n: i64, tier: &'static str, order: &str) {
    black_box((n, tier, order));
}

#[inline(never)]
fn error() -> Result<(), Failure> {
    for n in 0..CHILDREN {
        let _ = black_box(error_child(n));
    }
    Err(Failure)
}

#[inline(never)]
fn error_child(n: u64) -> Result<(), Failure> {
    black_box(n);
    Err(Failure)
}

async fn asynchronous() {
    for n in 0..CHILDREN {
        asynchronous_child(n).await;
    }
}

async fn asynchronous_child(n: u64) {
    black_box(n);
    tokio::task::yield_now().await;
}
