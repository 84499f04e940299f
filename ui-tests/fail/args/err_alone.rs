//! `err` as other crates need it.

use traced::traced;

#[traced(err)]
fn work() -> Result<u8, String> {
    Ok(1)
}

fn main() {}
