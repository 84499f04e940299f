//! A handler of something that is no message.

use traced::traced;

#[traced(consumer(message))]
fn handle(message: &u8) {
    let _ = message;
}

fn main() {}
