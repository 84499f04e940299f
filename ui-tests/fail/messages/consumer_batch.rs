//! A handler of a batch of something else.

use traced::traced;

#[traced(consumer(batch))]
fn handle(batch: &[u8]) {
    let _ = batch;
}

fn main() {}
