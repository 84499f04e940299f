//! A name of one's own is never questioned, not even where a doubtful one would be an error.

#![deny(warnings)]

use traced::traced;

#[traced(attributes(order.id = order, post.id = order, items = 3, http.route = "/orders"))]
fn work(order: u8) {
    let _ = order;
}

fn main() {
    work(1);
}
