//! A colon for an equals sign.

use traced::traced;

#[traced(attributes(order: order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
