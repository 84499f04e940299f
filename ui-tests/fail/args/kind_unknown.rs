//! A kind there is not.

use traced::traced;

#[traced(kind = clien)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
