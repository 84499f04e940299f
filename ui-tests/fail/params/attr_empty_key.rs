//! A key without a letter.

use traced::traced;

#[traced]
fn work(#[attr("")] a: u8) -> u8 {
    a
}

fn main() {}
