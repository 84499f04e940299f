//! A value that cannot be looked at.

use traced::traced;

#[traced(ret)]
#[track_caller]
fn work() -> u8 {
    1
}

fn main() {}
