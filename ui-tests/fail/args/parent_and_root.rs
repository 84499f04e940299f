//! Two places.

use traced::traced;

#[traced(parent = order, root)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
