//! A parameter there is not.

use traced::traced;

#[traced(args(skip(usr)))]
fn work(user: u8, id: u8) {
    let _ = (user, id);
}

fn main() {}
