//! A macro cannot be traced.

use traced::traced;

#[traced]
macro_rules! nothing {
    () => {};
}

fn main() {}
