//! An argument that needs a value.

use traced::traced;

#[traced(name)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
