//! A static cannot be traced.

use traced::traced;

#[traced]
static LIMIT: u8 = 3;

fn main() {}
