//! Two keys.

use traced::traced;

#[traced]
fn work(#[attr("a", "b")] a: u8) -> u8 {
    a
}

fn main() {}
