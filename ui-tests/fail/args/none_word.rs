//! `none` is an error or nothing.

use traced::traced;

#[traced(none = err)]
fn work() -> Option<u8> {
    None
}

fn main() {}
