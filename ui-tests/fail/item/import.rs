//! An import cannot be traced.

use traced::traced;

#[traced]
use std::fmt::Debug;

fn main() {}
