//! The same attribute twice.

use traced::traced;

#[traced(attributes(order.id = order, "order.id" = order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
