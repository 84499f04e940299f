//! The same with a predicate.

use traced::traced;

#[traced(err(if = |e| e.len() > 3))]
fn work() -> String {
    String::new()
}

fn main() {}
