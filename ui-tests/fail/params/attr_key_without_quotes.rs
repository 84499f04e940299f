//! A key without quotes.

use traced::traced;

#[traced]
fn work(#[attr(order)] a: u8) -> u8 {
    a
}

fn main() {}
