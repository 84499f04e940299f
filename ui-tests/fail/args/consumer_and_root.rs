//! A handler has its place.

use traced::traced;

#[traced(consumer(order), root)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
