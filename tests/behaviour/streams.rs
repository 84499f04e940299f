//! Functions that return streams: the span is current while the stream is polled, and ends with it.

use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt as _, stream};
use std::pin::{Pin, pin};
use traced::testing::{capture, capture_async};
use traced::traced;

#[traced]
async fn fetch(page: u32) -> u32 {
    tokio::task::yield_now().await;
    page * 10
}

#[traced(args)]
fn pages(count: u32) -> impl Stream<Item = u32> {
    let pages = stream::iter(1..=count);
    pages.then(fetch)
}

#[tokio::test]
async fn a_span_covers_the_stream_and_nothing_around_it() {
    let (found, trace) = capture_async(async {
        let mut pages = pin!(pages(2));
        assert_eq!(pages.size_hint(), (2, Some(2)));
        let first = pages.next().await;
        fetch(7).await;
        (first, pages.next().await, pages.next().await, pages.next().await)
    })
    .await;
    assert_eq!(found, (Some(10), Some(20), None, None));
    assert_eq!(trace.tree(), "pages [count=2]\n  fetch\n  fetch\nfetch\n");
}

#[tokio::test]
async fn a_stream_dropped_before_its_end_is_cancelled_and_one_never_polled_leaves_no_span() {
    let ((), trace) = capture_async(async {
        drop(pages(1));
        assert_eq!(Box::pin(pages(3)).next().await, Some(10));
    })
    .await;
    assert_eq!(trace.tree(), "pages [count=3]\n  · cancelled\n  fetch\n");
}

#[test]
fn a_panic_in_a_stream_is_a_panic() {
    #[traced]
    fn breaks() -> impl Stream<Item = u32> {
        stream::iter([1]).map(|_| panic!("broken"))
    }
    let (caught, trace) = capture(|| {
        std::panic::catch_unwind(|| {
            let mut breaks = Box::pin(breaks());
            let _ = futures_util::FutureExt::now_or_never(breaks.next());
        })
    });
    assert!(caught.is_err());
    assert_eq!(trace.tree(), "breaks [error.type=panic] ERROR: broken\n  · exception [exception.type=panic, exception.message=broken]\n");
}

#[traced]
fn boxed(count: u32) -> BoxStream<'static, u32> {
    if count == 0 {
        return stream::empty().boxed();
    }
    stream::iter(1..=count).then(fetch).boxed()
}

#[traced(args)]
fn boxed_by_hand(text: &str) -> Pin<Box<dyn Stream<Item = char> + '_>> {
    Box::pin(stream::iter(text.chars()))
}

type Feed<T> = BoxStream<'static, T>;

/// Behind a name that says nothing, and of items that live as long as they like.
#[traced]
fn forwards<T>(feed: Feed<T>) -> Feed<T> {
    feed
}

#[tokio::test]
async fn a_boxed_stream_is_a_stream() {
    let (found, trace) = capture_async(async {
        let none = boxed(0).count().await;
        let text = String::from("tea");
        (none, boxed(1).collect::<Vec<_>>().await, boxed_by_hand(&text).count().await)
    })
    .await;
    assert_eq!(found, (0, vec![10], 3));
    assert_eq!(trace.tree(), "boxed\nboxed\n  fetch\nboxed_by_hand [text=tea]\n");
    let (found, trace) = capture_async(async {
        let mut feed = forwards(stream::iter(1..3).then(fetch).boxed());
        (feed.next().await, drop(feed), forwards(stream::iter(["one"]).boxed()).next().await).0
    })
    .await;
    assert_eq!((found, trace.tree()), (Some(10), "forwards\n  · cancelled\n  fetch\nforwards\n  · cancelled\n".to_owned()));
    assert_eq!(boxed_by_hand("off").count().await, 3);
}
