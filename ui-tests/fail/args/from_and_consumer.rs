//! A handler has its place.

use traced::traced;

#[traced(from = order, consumer(order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
