//! Two attributes on one method.

use traced::traced;

struct Shop;

#[traced]
impl Shop {
    #[traced(leaf)]
    #[traced(name = "x")]
    fn open(&self) {}
}

fn main() {}
