//! `None` of a function that returns nothing.

use traced::traced;

#[traced(none = error)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
