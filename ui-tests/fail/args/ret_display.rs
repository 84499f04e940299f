//! A format as `tracing` takes it.

use traced::traced;

#[traced(ret(Display))]
fn work(order: u8) -> u8 {
    order
}

fn main() {}
