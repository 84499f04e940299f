//! A value in parentheses.

use traced::traced;

#[traced(name("work"))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
