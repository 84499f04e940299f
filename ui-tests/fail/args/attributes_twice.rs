//! Two lists of attributes.

use traced::traced;

#[traced(attributes(a = 1), attributes(b = 2))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
