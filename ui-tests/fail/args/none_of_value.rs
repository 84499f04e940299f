//! `none` of a function that returns a value that is never `None`.

use traced::traced;

#[traced(none = error)]
fn work(order: &str) -> Vec<&str> {
    order.split(' ').collect()
}

fn main() {}
