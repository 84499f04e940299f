//! A boxed future that promises to live for ever, of a type that does not.

use std::future::Future;
use std::pin::Pin;
use traced::traced;

#[traced]
fn forwards<T>(future: Pin<Box<dyn Future<Output = T>>>) -> Pin<Box<dyn Future<Output = T>>> {
    future
}

fn main() {}
