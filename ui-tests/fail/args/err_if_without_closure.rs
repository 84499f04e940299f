//! A predicate that is missing.

use traced::traced;

#[traced(err(if))]
fn work() -> Result<u8, String> {
    Ok(1)
}

fn main() {}
