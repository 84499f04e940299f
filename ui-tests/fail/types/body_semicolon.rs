//! A semicolon too many is shown in the body.

use traced::traced;

#[traced]
fn work(order: u8) -> u8 {
    order + 1;
}

fn main() {}
