//! A predicate for errors that are ignored.

use traced::traced;

#[traced(err(ignore, if = |e| e.is_empty()))]
fn work() -> Result<u8, String> {
    Ok(1)
}

fn main() {}
