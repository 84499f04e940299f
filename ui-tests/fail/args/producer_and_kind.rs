//! A publisher has its kind.

use traced::traced;

#[traced(producer(order), kind = client)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
