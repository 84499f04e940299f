//! The runtime as a string.

use traced::traced;

#[traced(crate = "traced")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
