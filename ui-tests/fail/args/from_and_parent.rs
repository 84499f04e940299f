//! Two places.

use traced::traced;

#[traced(from = order, parent = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
