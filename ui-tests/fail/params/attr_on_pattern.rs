//! A pattern with two names marked.

use traced::traced;

#[traced]
fn work(#[attr] (a, b): (u8, u8)) -> u8 {
    a + b
}

fn main() {}
