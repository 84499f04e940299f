//! An argument that needs a list.

use traced::traced;

#[traced(attributes)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
