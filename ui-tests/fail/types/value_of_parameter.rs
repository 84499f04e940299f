//! The same, marked.

use traced::traced;

struct Order;

#[traced]
fn work(#[attr] order: &Order) {
    let _ = order;
}

fn main() {}
