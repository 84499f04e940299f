//! What `tracing` calls the scope.

use traced::traced;

#[traced(target = "shop")]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
