//! Arguments without a comma between them.

use traced::traced;

#[traced(leaf name = "x")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
