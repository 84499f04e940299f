//! The same, with all parameters.

use traced::traced;

struct Order;

#[traced(args)]
fn work(order: Order) {
    let _ = order;
}

fn main() {}
