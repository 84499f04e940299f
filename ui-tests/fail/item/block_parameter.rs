//! A default that no method can use.

use traced::traced;

struct Shop;

#[traced(attributes(order))]
impl Shop {
    fn open(&self, id: u8) -> u8 {
        id
    }
}

fn main() {}
