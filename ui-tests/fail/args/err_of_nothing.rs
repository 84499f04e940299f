//! Errors of a function that returns none.

use traced::traced;

#[traced(err(ignore))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
