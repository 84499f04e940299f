//! A scope without a name.

use traced::traced;

#[traced(scope = "")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
