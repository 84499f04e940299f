//! What `tracing` calls its attributes.

use traced::traced;

#[traced(fields(order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
