//! A parent that is no context.

use traced::traced;

#[traced(parent = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
