//! `args` with an empty list.

use traced::traced;

#[traced(args())]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
