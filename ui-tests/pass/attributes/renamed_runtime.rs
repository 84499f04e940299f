//! `crate = path` finds the runtime where it was re-exported.

#![deny(warnings)]

mod vendor {
    pub use traced as tracing;
}

#[vendor::tracing::traced(crate = crate::vendor::tracing, args)]
fn work(order: u8) -> u8 {
    order
}

fn main() {
    assert_eq!(work(1), 1);
}
