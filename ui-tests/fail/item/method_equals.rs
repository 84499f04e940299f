//! Arguments without parentheses.

use traced::traced;

struct Shop;

#[traced]
impl Shop {
    #[traced = "x"]
    fn open(&self) {}
}

fn main() {}
