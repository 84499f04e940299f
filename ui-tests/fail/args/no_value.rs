//! An equals sign and nothing behind it.

use traced::traced;

#[traced(name = , leaf)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
