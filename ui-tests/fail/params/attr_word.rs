//! A word that `#[attr]` does not know.

use traced::traced;

#[traced]
fn work(#[attr(dispaly)] a: u8) -> u8 {
    a
}

fn main() {}
