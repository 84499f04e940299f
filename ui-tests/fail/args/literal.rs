//! A literal alone is no argument.

use traced::traced;

#[traced("work")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
