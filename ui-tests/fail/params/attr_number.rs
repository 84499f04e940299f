//! A number for a key.

use traced::traced;

#[traced]
fn work(#[attr(3)] a: u8) -> u8 {
    a
}

fn main() {}
