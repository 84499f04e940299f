//! A type that may be anything.

use traced::traced;

#[traced(args)]
fn work<T>(order: T) {
    let _ = order;
}

fn main() {}
