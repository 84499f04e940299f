//! A type without `Display`.

use traced::traced;

struct Order;

#[traced(attributes(order = %order))]
fn work(order: &Order) {
    let _ = order;
}

fn main() {}
