//! A mistake in a method's own attribute.

use traced::traced;

struct Shop;

#[traced]
impl Shop {
    #[traced(nam = "x")]
    fn open(&self) {}
}

fn main() {}
