//! The same, with its own attribute in an annotated block.

use traced::traced;

struct Shop;

#[traced]
impl Shop {
    #[traced(name = "limit")]
    const fn limit() -> u8 {
        3
    }
}

fn main() {}
