//! Two conversions.

use traced::traced;

#[traced]
fn work(#[attr(display, debug)] a: u8) -> u8 {
    a
}

fn main() {}
