//! A parameter that is named like a secret.

use traced::traced;

#[traced(args(password))]
fn login(password: &str) -> usize {
    password.len()
}

fn main() {}
