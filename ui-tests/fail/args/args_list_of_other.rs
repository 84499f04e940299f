//! A list in `args` that is not `skip`.

use traced::traced;

#[traced(args(only(order)))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
