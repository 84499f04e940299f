//! `self` is no parameter to capture.

use traced::traced;

struct Shop;

impl Shop {
    #[traced(args(self))]
    fn open(&self) {}
}

fn main() {}
