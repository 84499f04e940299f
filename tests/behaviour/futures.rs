//! Async functions and functions that return futures: current while polled, ended when done or dropped.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use traced::testing::{capture, capture_async};
use traced::traced;

/// Pending once, so that every await gives the thread away.
async fn yields() {
    let mut polled = false;
    std::future::poll_fn(|cx| {
        if polled {
            return Poll::Ready(());
        }
        polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[traced]
async fn inner(id: u32) -> u32 {
    yields().await;
    id * 2
}

#[traced]
async fn outer() -> u32 {
    let (one, two) = tokio::join!(inner(1), inner(2));
    yields().await;
    one + two
}

#[tokio::test]
async fn interleaved_futures_keep_their_parents() {
    let (sum, trace) = capture_async(async { tokio::join!(outer(), inner(5)).0 }).await;
    assert_eq!(sum, 6);
    assert_eq!(trace.tree(), "outer\n  inner\n  inner\ninner\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_spawned_task_keeps_its_parent() {
    #[traced]
    async fn parent() -> u32 {
        traced::spawn(inner(21)).await.expect("the task ends")
    }
    let (out, trace) = capture_async(parent()).await;
    assert_eq!(out, 42);
    assert_eq!(trace.tree(), "parent\n  inner\n");
}

#[tokio::test]
async fn other_threads_keep_the_parent_that_is_bound_to_what_they_run() {
    #[traced]
    fn works(number: u32) -> u32 {
        number * 2
    }
    #[traced]
    async fn blocks() -> u32 {
        traced::spawn_blocking(|| works(1)).await.expect("no panic")
    }
    #[traced]
    fn threads() -> u32 {
        std::thread::spawn(traced::bind(|| works(2))).join().expect("no panic")
    }
    let (numbers, trace) = capture_async(async { (blocks().await, threads()) }).await;
    assert_eq!(numbers, (2, 4));
    assert_eq!(trace.tree(), "blocks\n  works\nthreads\n  works\n");
}

#[test]
fn a_future_dropped_before_it_is_done_is_cancelled() {
    #[traced]
    async fn waits() {
        std::future::pending::<()>().await;
    }
    let ((), trace) = capture(|| {
        let mut future = Box::pin(waits());
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    });
    assert_eq!(trace.tree(), "waits\n  · cancelled\n");
}

#[test]
fn a_future_never_polled_leaves_no_span() {
    let ((), trace) = capture(|| drop(inner(1)));
    assert_eq!(trace.tree(), "");
}

#[traced]
fn made(id: u32) -> impl Future<Output = Result<u32, std::fmt::Error>> {
    let next = id + 1;
    async move {
        inner(next).await;
        Err(std::fmt::Error)
    }
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

#[traced]
fn boxed(id: u32) -> Boxed<Result<u32, std::fmt::Error>> {
    if id == 0 {
        return Box::pin(async { Err(std::fmt::Error) });
    }
    Box::pin(async move { Ok(inner(id).await) })
}

#[tokio::test]
async fn the_span_of_a_function_that_returns_a_future_covers_the_future() {
    const ERROR: &str = "an error occurred when formatting an argument";
    let (_, trace) = capture_async(async {
        let first = made(1);
        inner(7).await;
        (first.await, boxed(0).await, boxed(3).await)
    })
    .await;
    assert_eq!(
        trace.tree(),
        format!(
            "inner\n\
             made [error.type=core::fmt::Error] ERROR: {ERROR}\n  · exception [exception.type=core::fmt::Error, exception.message={ERROR}]\n  inner\n\
             boxed [error.type=core::fmt::Error] ERROR: {ERROR}\n  · exception [exception.type=core::fmt::Error, exception.message={ERROR}]\n\
             boxed\n  inner\n"
        )
    );
}

/// Nothing says how long a `T` lives, as in a service that is generic over its answer.
#[traced]
fn forwards<T, E: std::fmt::Display>(future: Boxed<Result<T, E>>) -> Boxed<Result<T, E>> {
    future
}

struct Answered<'a>(&'a str);

impl Drop for Answered<'_> {
    fn drop(&mut self) {
        traced::event!("dropped", what = self.0);
    }
}

#[tokio::test]
async fn a_boxed_future_of_anything_is_forwarded_inside_a_span() {
    let (answer, trace) = capture_async(async {
        let fails = forwards(Box::pin(async {
            inner(1).await;
            Err::<&str, _>("busy")
        }));
        let mut pending: Boxed<Result<(), u8>> = forwards(Box::pin(async {
            let _held = Answered("inside");
            std::future::pending().await
        }));
        assert!(pending.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(pending);
        drop(forwards::<(), u8>(Box::pin(std::future::ready(Ok(())))));
        fails.await
    })
    .await;
    assert_eq!(answer, Err("busy"));
    assert_eq!(
        trace.tree(),
        "forwards\n  · dropped [what=inside]\n  · cancelled\n\
         forwards [error.type=&str] ERROR: busy\n  · exception [exception.type=&str, exception.message=busy]\n  inner\n"
    );
}

#[test]
fn what_the_future_drops_is_dropped_inside_its_span() {
    struct Traces;
    impl Drop for Traces {
        fn drop(&mut self) {
            #[traced]
            fn cleanup() {}
            cleanup();
        }
    }
    #[traced]
    async fn waits(_guard: Traces) {
        std::future::pending::<()>().await;
    }
    let ((), trace) = capture(|| {
        let mut future = Box::pin(waits(Traces));
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    });
    assert_eq!(trace.tree(), "waits\n  · cancelled\n  cleanup\n");
}

/// What makes a value: known by its type alone, as an extractor of a web framework is.
trait Extract<S>: Sized {
    type Rejection: std::fmt::Display;
    fn extract(state: &S) -> impl Future<Output = Result<Self, Self::Rejection>>;
}

impl Extract<()> for u32 {
    type Rejection = &'static str;
    async fn extract((): &()) -> Result<Self, Self::Rejection> {
        Err("nothing to extract")
    }
}

#[traced]
fn extracts<E: Extract<()>>() -> impl Future<Output = Result<E, E::Rejection>> {
    E::extract(&())
}

#[traced]
fn parses(text: &str) -> impl Future<Output = Result<u32, Box<dyn std::error::Error>>> {
    async move { Ok(text.parse()?) }
}

#[traced(ret(words = ret.len()))]
fn splits(text: &str) -> impl Future<Output = Vec<&str>> {
    async move { text.split(' ').collect() }
}

#[tokio::test]
async fn what_a_future_yields_may_be_left_to_the_signature() {
    let (_, trace) = capture_async(async { (extracts::<u32>().await.is_err(), parses("x").await.is_err(), splits("a b").await) }).await;
    let failed = |name: &str, kind: &str, message: &str| {
        format!("{name} [error.type={kind}] ERROR: {message}\n  · exception [exception.type={kind}, exception.message={message}]\n")
    };
    let extracted = failed("extracts", "&str", "nothing to extract");
    let parsed = failed("parses", "alloc::boxed::Box<dyn core::error::Error>", "invalid digit found in string");
    assert_eq!(trace.tree(), format!("{extracted}{parsed}splits [words=2]\n"));
}

/// What connects lives as long as it likes; the future lives for ever, because it holds nothing.
trait Connect: Sized {
    fn open(port: u16) -> Result<Self, &'static str>;

    #[traced(args)]
    fn connect(port: &u16) -> impl Future<Output = Result<Self, &'static str>> + 'static {
        let port = *port;
        async move { Self::open(port) }
    }
}

struct Line<'a>(&'a str);

impl Connect for Line<'_> {
    fn open(port: u16) -> Result<Self, &'static str> {
        if port == 0 { Err("no port") } else { Ok(Self("open")) }
    }
}

#[tokio::test]
async fn a_future_lives_longer_than_what_it_yields() {
    let (connected, trace) = capture_async(async {
        let connecting = Line::connect(&7);
        drop(Line::connect(&0));
        connecting.await.map(|line| line.0)
    })
    .await;
    assert_eq!(connected, Ok("open"));
    assert_eq!(trace.tree(), "connect [port=7]\n");
}
