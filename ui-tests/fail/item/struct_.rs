//! A type cannot be traced.

use traced::traced;

#[traced]
struct Order {
    id: u8,
}

fn main() {}
