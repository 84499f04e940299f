//! A publisher of something that is no message.

use traced::traced;

#[traced(producer(record))]
fn publish(record: &mut u8) {
    *record = 1;
}

fn main() {}
