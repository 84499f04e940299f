//! A span without a name.

use traced::traced;

#[traced(name = "")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
