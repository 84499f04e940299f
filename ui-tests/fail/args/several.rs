//! Everything that is wrong is said at once.

use traced::traced;

#[traced(nmae = "x", kind = clien, root, current, attributes("" = 1, user), args(usr))]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
