//! An argument that is close to one there is.

use traced::traced;

#[traced(nmae = "x")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
