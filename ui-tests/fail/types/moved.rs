//! A parameter that an attribute would move.

use traced::traced;

#[traced(attributes(size = order.into_bytes().len()))]
fn work(order: String) -> usize {
    order.len()
}

fn main() {}
