//! An attribute with a number for a name.

use traced::traced;

#[traced(attributes(3 = order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
