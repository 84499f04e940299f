//! A mistake in an async body is shown in the body.

use traced::traced;

async fn wait() {}

#[traced]
async fn work() -> u8 {
    wait().await;
    "three"
}

fn main() {}
