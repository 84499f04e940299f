//! Spans have no level.

use traced::traced;

#[traced(level = "info")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
