//! `skip` outside a block.

use traced::traced;

#[traced(skip)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
