//! The same argument twice.

use traced::traced;

#[traced(leaf, leaf)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
