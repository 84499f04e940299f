//! Errors of a function that returns no `Result`.

use traced::traced;

#[traced(err(code = err.len()))]
fn work() -> String {
    String::new()
}

fn main() {}
