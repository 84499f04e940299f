//! The attribute among others: each of them does what it does without it, on whichever side it stands.

use std::ops::Index;
use std::panic::Location;
use traced::testing::{capture, capture_async};
use traced::traced;

#[traced]
#[track_caller]
fn below() -> Result<u32, ()> {
    Ok(Location::caller().line())
}

#[track_caller]
#[traced]
fn above() -> Result<u32, ()> {
    Ok(Location::caller().line())
}

struct Shelf([u32; 1]);

/// `#[track_caller]` where the trait declares it.
impl Index<u32> for Shelf {
    type Output = u32;

    #[traced]
    fn index(&self, line: u32) -> &Self::Output {
        assert_eq!(Location::caller().line(), line);
        &self.0[0]
    }
}

#[traced]
#[track_caller]
fn failing() -> Result<(), u32> {
    Err(Location::caller().line())
}

#[test]
fn a_caller_is_tracked_through_the_span() {
    let ((lines, here), trace) = capture(|| ([below(), above()], line!()));
    assert_eq!(lines, [Ok(here), Ok(here)]);
    assert_eq!(trace.tree(), "below\nabove\n");
    let ((failed, here), trace) = capture(|| (failing(), line!()));
    assert_eq!(failed, Err(here));
    let tree = format!("failing [error.type=u32] ERROR: {here}\n  · exception [exception.type=u32, exception.message={here}]\n");
    assert_eq!(trace.tree(), tree);
    let (seven, trace) = capture(|| Shelf([7])[line!()]);
    assert_eq!(seven, 7);
    assert_eq!(trace.tree(), "index\n");
}

#[traced]
#[inline]
#[must_use]
#[cold]
#[doc(hidden)]
#[allow(clippy::needless_return)]
#[cfg_attr(all(), expect(unused_variables))]
fn under_many(unused: u8) -> u32 {
    return 1;
}

#[allow(clippy::needless_return)]
#[cfg_attr(all(), expect(unused_variables))]
#[doc(hidden)]
#[cold]
#[must_use]
#[inline]
#[traced]
fn over_many(unused: u8) -> u32 {
    return 1;
}

#[cfg_attr(all(), traced(name = "applied"))]
#[cfg_attr(any(), traced(name = "not applied"))]
fn on_condition() {}

#[test]
fn any_number_of_attributes_may_stand_on_either_side() {
    let ((), trace) = capture(|| {
        #[expect(unused_must_use)]
        {
            under_many(1);
            over_many(1);
        }
        on_condition();
    });
    assert_eq!(trace.tree(), "under_many\nover_many\napplied\n");
}

#[async_trait::async_trait]
trait Ships {
    async fn ship(&self, order: &str) -> Result<usize, String>;
    async fn ready(&self) {}
}

struct Courier;

#[async_trait::async_trait]
impl Ships for Courier {
    #[traced(args, ret = "length")]
    async fn ship(&self, order: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        self.ready().await;
        if order.is_empty() {
            return Err("nothing to ship".to_owned());
        }
        Ok(order.len())
    }

    #[traced]
    async fn ready(&self) {
        tokio::task::yield_now().await;
    }
}

struct Post;

#[traced(args)]
#[async_trait::async_trait]
impl Ships for Post {
    async fn ship(&self, order: &str) -> Result<usize, String> {
        self.ready().await;
        Err(format!("no stamp on {order}"))
    }
}

struct Drone;

#[async_trait::async_trait]
#[traced(args)]
impl Ships for Drone {
    async fn ship(&self, order: &str) -> Result<usize, String> {
        tokio::task::yield_now().await;
        Ok(order.len())
    }
}

#[tokio::test]
async fn async_trait_may_stand_on_either_side() {
    let (_, trace) = capture_async(async {
        let order = String::from("tea");
        let _ = (Courier.ship(&order).await, Courier.ship("").await);
        let _ = Post.ship(&order).await;
        Drone.ship(&order).await
    })
    .await;
    let failed = |message: &str| {
        let exception = format!("exception [exception.type=alloc::string::String, exception.message={message}]");
        format!("error.type=alloc::string::String] ERROR: {message}\n  · {exception}\n")
    };
    assert_eq!(
        trace.tree(),
        format!(
            "ship [order=tea, length=3]\n  ready\nship [order=, {}  ready\nPost::ship [order=tea, {}Drone::ship [order=tea]\n",
            failed("nothing to ship"),
            failed("no stamp on tea")
        )
    );
}

/// A program's `main`, called as the function it is.
mod programs {
    use super::traced;

    #[tokio::main(flavor = "current_thread")]
    #[traced(name = "below tokio::main")]
    pub(super) async fn below() {
        tokio::task::yield_now().await;
    }

    #[traced(name = "above tokio::main")]
    #[tokio::main(flavor = "current_thread")]
    pub(super) async fn above() {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_main_function_is_a_function() {
    let ((), trace) = capture(|| {
        programs::below();
        programs::above();
    });
    assert_eq!(trace.tree(), "below tokio::main\nabove tokio::main\n");
}

#[traced]
#[test]
fn a_test_may_be_below() {
    assert!(traced::span_id().is_none(), "nothing is installed");
}

#[test]
#[traced]
#[should_panic = "as it shall"]
fn a_test_may_be_above() {
    panic!("as it shall");
}

#[traced]
#[tokio::test]
async fn an_async_test_may_be_below() {
    tokio::task::yield_now().await;
}

#[tokio::test]
#[traced]
async fn an_async_test_may_be_above() -> Result<(), String> {
    tokio::task::yield_now().await;
    Ok(())
}
