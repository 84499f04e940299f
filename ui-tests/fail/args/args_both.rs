//! Parameters named and skipped at once.

use traced::traced;

#[traced(args(order, skip(id)))]
fn work(order: u8, id: u8) {
    let _ = (order, id);
}

fn main() {}
