//! A carrier that is none.

use traced::traced;

#[traced(into = &mut order)]
fn work(mut order: u8) {
    order += 1;
    let _ = order;
}

fn main() {}
