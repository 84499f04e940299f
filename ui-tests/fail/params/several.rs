//! Everything that is wrong is said at once.

use traced::traced;

#[traced(attributes(usr), args(nobody))]
fn work(#[attr(dispaly)] user: u8, #[attr("")] id: u8) {
    let _ = (user, id);
}

fn main() {}
