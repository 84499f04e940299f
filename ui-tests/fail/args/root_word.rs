//! `root` with another word than `link`.

use traced::traced;

#[traced(root(links))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
