//! A word that takes no list.

use traced::traced;

#[traced(current(parent))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
