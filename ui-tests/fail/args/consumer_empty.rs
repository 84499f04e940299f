//! A handler without its message.

use traced::traced;

#[traced(consumer())]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
