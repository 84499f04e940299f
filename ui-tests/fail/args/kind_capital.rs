//! A kind in the spelling of the API.

use traced::traced;

#[traced(kind = Server)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
