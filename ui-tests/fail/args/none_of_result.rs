//! `none` of a function that returns a `Result`.

use traced::traced;

#[traced(none = error)]
fn work(order: u8) -> Result<u8, String> {
    Ok(order)
}

fn main() {}
