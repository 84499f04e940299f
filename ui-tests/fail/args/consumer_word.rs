//! A handler with another word than `link`.

use traced::traced;

#[traced(consumer(order, links))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
