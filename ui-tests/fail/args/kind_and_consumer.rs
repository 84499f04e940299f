//! A handler has its kind.

use traced::traced;

#[traced(kind = server, consumer(order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
