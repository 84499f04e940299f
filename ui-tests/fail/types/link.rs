//! A link to what is no context.

use traced::traced;

#[traced(link = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
