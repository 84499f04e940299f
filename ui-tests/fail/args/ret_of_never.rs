//! A value of a function that never returns.

use traced::traced;

#[traced(ret)]
fn work() -> ! {
    loop {}
}

fn main() {}
