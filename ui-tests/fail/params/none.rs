//! A parameter of a function that has none.

use traced::traced;

#[traced(attributes(user))]
fn work() {}

fn main() {}
