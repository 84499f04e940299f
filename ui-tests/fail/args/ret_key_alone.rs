//! A key in `ret` without its expression.

use traced::traced;

#[traced(ret(len))]
fn work() -> Vec<u8> {
    Vec::new()
}

fn main() {}
