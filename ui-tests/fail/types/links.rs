//! Links that are no iterator.

use traced::traced;

#[traced(links = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
