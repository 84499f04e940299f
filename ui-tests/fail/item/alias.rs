//! A type cannot be traced.

use traced::traced;

#[traced]
type Id = u8;

fn main() {}
