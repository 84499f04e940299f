//! Every value is looked at.

use traced::traced;

struct Order;

#[traced(attributes(a = order, b = %order), when = 3)]
fn work(order: &Order) {
    let _ = order;
}

fn main() {}
