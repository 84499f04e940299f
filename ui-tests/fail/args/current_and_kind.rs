//! No span, no kind.

use traced::traced;

#[traced(kind = client, current)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
