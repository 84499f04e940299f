//! Parameters that no method has.

use traced::traced;

struct Shop;

#[traced(args(usr))]
impl Shop {
    fn open(&self, user: u8) -> u8 {
        user
    }
}

fn main() {}
