//! `ret` with an empty list.

use traced::traced;

#[traced(ret())]
fn work(order: u8) -> u8 {
    order
}

fn main() {}
