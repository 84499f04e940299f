//! A method without a body.

use traced::traced;

trait Shop {
    #[traced]
    fn open(&self);
}

fn main() {}
