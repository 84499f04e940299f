//! Two names.

use traced::traced;

#[traced(name = "a", name = "b")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
