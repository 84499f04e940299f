//! A publisher with two messages.

use traced::traced;

#[traced(producer(order, order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
