//! A mistake in the body is shown in the body.

use traced::traced;

#[traced]
fn work() -> u8 {
    "three"
}

fn main() {}
