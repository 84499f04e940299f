//! A carrier that cannot be written.

use traced::traced;

use std::collections::HashMap;

#[traced(into = headers)]
fn work(headers: HashMap<String, String>) {
    drop(headers);
}

fn main() {}
