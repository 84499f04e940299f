//! An expression over something that is not there.

use traced::traced;

#[traced(attributes(order.id = ordr.0))]
fn work(order: (u8,)) {
    let _ = order;
}

fn main() {}
