//! Two words without a comma.

use traced::traced;

#[traced]
fn work(#[attr("card" redact)] a: u8) -> u8 {
    a
}

fn main() {}
