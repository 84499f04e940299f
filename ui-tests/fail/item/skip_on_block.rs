//! `skip` on a block that nothing is around.

use traced::traced;

struct Shop;

#[traced(skip)]
impl Shop {
    fn open(&self) {}
}

fn main() {}
