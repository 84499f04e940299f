//! A parameter there is not.

use traced::traced;

#[traced(args(usr))]
fn work(user: u8, id: u8) {
    let _ = (user, id);
}

fn main() {}
