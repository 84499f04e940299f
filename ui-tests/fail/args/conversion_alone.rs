//! A conversion of nothing.

use traced::traced;

#[traced(attributes(order.id = %))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
