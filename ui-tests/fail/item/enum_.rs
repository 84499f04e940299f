//! A type cannot be traced.

use traced::traced;

#[traced]
enum Order {
    New,
}

fn main() {}
