//! `none` alone.

use traced::traced;

#[traced(none)]
fn work() -> Option<u8> {
    None
}

fn main() {}
