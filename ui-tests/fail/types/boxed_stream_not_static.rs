//! A boxed stream that promises to live for ever, of items that do not.

use futures_core::Stream;
use std::pin::Pin;
use traced::traced;

#[traced]
fn forwards<T>(stream: Pin<Box<dyn Stream<Item = T>>>) -> Pin<Box<dyn Stream<Item = T>>> {
    stream
}

fn main() {}
