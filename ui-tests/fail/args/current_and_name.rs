//! No span, no name.

use traced::traced;

#[traced(current, name = "work")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
