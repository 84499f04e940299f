//! `self` marked.

use traced::traced;

struct Shop;

impl Shop {
    #[traced]
    fn open(#[attr] &self) {}
}

fn main() {}
