//! A message that is not there.

use traced::traced;

#[traced(producer(recrd))]
fn publish(record: &mut u8) {
    *record = 1;
}

fn main() {}
