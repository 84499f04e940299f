//! A condition that says neither yes nor no.

use traced::traced;

#[traced(when = order)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
