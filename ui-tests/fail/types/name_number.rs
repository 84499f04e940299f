//! A name that is no text.

use traced::traced;

#[traced(name = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
