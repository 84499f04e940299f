//! A function that may run while the program is compiled.

use traced::traced;

#[traced]
const fn limit() -> u8 {
    3
}

fn main() {}
