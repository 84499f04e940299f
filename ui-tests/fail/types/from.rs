//! A carrier that is none.

use traced::traced;

#[traced(from = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
