//! A value and the next argument without a comma.

use traced::traced;

#[traced(name = "x" leaf)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
