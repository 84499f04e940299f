//! A value that cannot be looked at, because the body may leave by `?`.

use traced::traced;

#[traced(ret)]
#[track_caller]
fn work(text: &str) -> Option<u8> {
    Some(text.parse::<u8>().ok()? + 1)
}

fn main() {}
