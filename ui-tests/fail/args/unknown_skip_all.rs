//! What `tracing` needs to capture nothing.

use traced::traced;

#[traced(skip_all)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
