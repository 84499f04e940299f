//! A format as `tracing` takes it.

use traced::traced;

#[traced(err(Debug))]
fn work() -> Result<u8, String> {
    Ok(1)
}

fn main() {}
