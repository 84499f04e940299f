//! Everything that is wrong in a block is said at once.

use traced::traced;

struct Shop;

#[traced(kind = clien)]
impl Shop {
    #[traced(nam = "x")]
    fn open(&self) {}
    #[traced(attributes(user))]
    fn close(&self, id: u8) {
        let _ = id;
    }
    #[traced]
    const fn limit() -> u8 {
        3
    }
}

fn main() {}
