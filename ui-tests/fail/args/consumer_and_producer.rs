//! A handler is no publisher.

use traced::traced;

#[traced(consumer(order), producer(order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
