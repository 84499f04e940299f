//! A key behind an equals sign.

use traced::traced;

#[traced]
fn work(#[attr = "order.id"] a: u8) -> u8 {
    a
}

fn main() {}
