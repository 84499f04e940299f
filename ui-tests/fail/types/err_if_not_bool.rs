//! A predicate that says neither yes nor no.

use traced::traced;

#[traced(err(if = |e| e.len()))]
fn work() -> Result<u8, String> {
    Ok(1)
}

fn main() {}
