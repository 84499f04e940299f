//! A kind in quotes.

use traced::traced;

#[traced(kind = "server")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
