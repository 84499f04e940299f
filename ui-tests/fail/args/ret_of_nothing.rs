//! A value of a function that returns none.

use traced::traced;

#[traced(ret)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
