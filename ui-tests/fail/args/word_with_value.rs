//! A word that takes no value.

use traced::traced;

#[traced(leaf = true)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
