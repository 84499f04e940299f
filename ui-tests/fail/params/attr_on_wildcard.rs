//! A parameter without a name marked.

use traced::traced;

#[traced]
fn work(#[attr] _: u8) {}

fn main() {}
