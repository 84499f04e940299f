//! A constant cannot be traced.

use traced::traced;

#[traced]
const LIMIT: u8 = 3;

fn main() {}
