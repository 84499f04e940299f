//! Two places.

use traced::traced;

#[traced(root, current)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
