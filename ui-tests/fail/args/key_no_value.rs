//! An attribute with an equals sign and nothing behind it.

use traced::traced;

#[traced(attributes(order.id = ))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
