//! A scope without quotes.

use traced::traced;

#[traced(scope = shop)]
fn work(order: u8) {
    let _ = order;
}

fn main() {}
