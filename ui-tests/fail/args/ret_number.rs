//! A key that is no string.

use traced::traced;

#[traced(ret = 3)]
fn work(order: u8) -> u8 {
    order
}

fn main() {}
