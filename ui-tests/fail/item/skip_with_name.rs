//! `skip` beside another argument.

use traced::traced;

struct Shop;

#[traced]
impl Shop {
    #[traced(skip, name = "x")]
    fn open(&self) {}
}

fn main() {}
