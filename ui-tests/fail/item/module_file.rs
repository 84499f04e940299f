//! A module in another file.

use traced::traced;

#[traced]
extern crate std as other;

fn main() {}
