//! A returned value that cannot be recorded.

use traced::traced;

struct Order;

#[traced(ret)]
fn work() -> Order {
    Order
}

fn main() {}
