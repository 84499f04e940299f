//! A dotted name without a value.

use traced::traced;

#[traced(attributes(order.id))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
