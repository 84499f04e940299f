//! A list written with an equals sign.

use traced::traced;

#[traced(attributes = (order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
