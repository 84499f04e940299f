//! An attribute without a name.

use traced::traced;

#[traced(attributes("" = order))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
