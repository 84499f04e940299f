//! Functions of another language.

use traced::traced;

#[traced]
unsafe extern "C" {
    fn abs(x: i32) -> i32;
}

fn main() {}
