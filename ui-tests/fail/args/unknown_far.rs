//! An argument that is close to none.

use traced::traced;

#[traced(colour)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
