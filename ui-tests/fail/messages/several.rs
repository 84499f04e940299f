//! A handler with two things wrong.

use traced::traced;

#[traced(consumer(message), attributes(order = order))]
fn handle(message: &u8, order: &Order) {
    let _ = (message, order);
}

struct Order;

fn main() {}
