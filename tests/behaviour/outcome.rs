//! Errors, panics and `None`: recognised by type, recorded once, the value unchanged.

use futures_util::FutureExt as _;
use std::error::Error;
use std::fmt::{self, Debug};
use std::future::{Future, ready};
use std::panic::catch_unwind;
use std::pin::Pin;
use traced::testing::capture;
use traced::traced;

#[derive(Debug)]
struct Declined;

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("card declined")
    }
}

impl Error for Declined {}

#[derive(Debug)]
struct Payment(Declined);

impl fmt::Display for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("payment failed")
    }
}

impl Error for Payment {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

type Paid = Result<u32, Payment>;

#[traced]
fn pay(ok: bool) -> Paid {
    if ok {
        return Ok(7);
    }
    Err(Payment(Declined))?;
    unreachable!()
}

#[test]
fn an_error_behind_an_alias_is_recorded_with_its_chain() {
    let (paid, trace) = capture(|| pay(false));
    assert!(paid.is_err());
    assert_eq!(
        trace.tree(),
        "pay [error.type=behaviour::outcome::Payment] ERROR: payment failed\n  \
         · exception [exception.type=behaviour::outcome::Payment, exception.message=payment failed]\n"
    );
    let chain =
        trace.span("pay").events()[0].attributes.iter().find(|a| a.key.as_str() == "exception.stacktrace").map(|a| a.value.to_string());
    assert_eq!(chain.as_deref(), Some("behaviour::outcome::Payment: payment failed\ncaused by: card declined"));
}

#[test]
fn success_leaves_the_status_unset() {
    let (paid, trace) = capture(|| pay(true));
    assert_eq!(paid.ok(), Some(7));
    assert_eq!(trace.tree(), "pay\n");
}

macro_rules! error_of {
    ($name:ident, $error:ty, $make:expr, $kind:expr, $message:expr) => {
        #[test]
        fn $name() {
            #[traced]
            fn fails() -> Result<(), $error> {
                Err($make)
            }
            let (_, trace) = capture(fails);
            let event = match $message {
                "" => String::new(),
                message => format!(", exception.message={message}"),
            };
            assert_eq!(
                trace.tree(),
                format!("fails [error.type={0}] ERROR: {1}\n  · exception [exception.type={0}{event}]\n", $kind, $message)
            );
        }
    };
}

struct Silent;

error_of!(boxed_errors, Box<dyn Error>, Box::new(Declined), "alloc::boxed::Box<dyn core::error::Error>", "card declined");
error_of!(
    boxed_errors_that_can_change_threads,
    Box<dyn Error + Send + Sync>,
    Box::new(Declined),
    "alloc::boxed::Box<dyn core::error::Error + core::marker::Send + core::marker::Sync>",
    "card declined"
);
error_of!(anyhow_errors, anyhow::Error, anyhow::Error::new(Declined).context("checkout"), "anyhow::Error", "checkout");
error_of!(text_errors, &'static str, "no stock", "&str", "no stock");
error_of!(debug_errors, Vec<u8>, vec![1], "alloc::vec::Vec<u8>", "[1]");
error_of!(silent_errors, Silent, Silent, "behaviour::outcome::Silent", "");

#[traced(none = error)]
fn find(id: u32) -> Option<u32> {
    (id > 0).then_some(id)
}

#[test]
fn none_is_an_error_where_the_function_says_so() {
    let (_, trace) = capture(|| (find(1), find(0)));
    assert_eq!(
        trace.tree(),
        "find\nfind [error.type=None] ERROR: returned None\n  · exception [exception.type=None, exception.message=returned None]\n"
    );
}

#[traced(err(if = |error: &Payment| error.source().is_none()))]
fn expected() -> Paid {
    Err(Payment(Declined))
}

#[traced(err(ignore), ret = "amount")]
fn ignored(ok: bool) -> Paid {
    if ok { Ok(3) } else { Err(Payment(Declined)) }
}

#[test]
fn the_function_says_which_errors_count() {
    let (_, trace) = capture(|| (expected().is_err(), ignored(true).is_ok(), ignored(false).is_err()));
    assert_eq!(trace.tree(), "expected\nignored [amount=3]\nignored\n");
}

#[derive(Debug)]
struct Unsent<T>(T);

impl<T> fmt::Display for Unsent<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is closed")
    }
}

/// A `std::error::Error` only for some lifetimes, which the compiler does not look at when it chooses a method.
impl<T: fmt::Debug + 'static> Error for Unsent<T> {}

#[test]
fn an_error_of_a_generic_type_is_recorded_by_its_text() {
    #[traced]
    fn send<T>(value: T) -> Result<(), Unsent<T>> {
        Err(Unsent(value))
    }
    struct Queue<T>(Option<T>);
    impl<T> Queue<T> {
        #[traced]
        fn flush(&mut self) -> Result<(), Unsent<Option<T>>> {
            Err(Unsent(self.0.take()))
        }
    }
    #[traced]
    fn later<T>(value: T) -> impl Future<Output = Result<(), Unsent<T>>> {
        ready(Err(Unsent(value)))
    }
    #[traced]
    fn boxed<'a, T: 'a>(value: T) -> Pin<Box<dyn Future<Output = Result<(), Unsent<T>>> + 'a>> {
        Box::pin(ready(Err(Unsent(value))))
    }
    let local = String::from("borrowed");
    let ((), trace) = capture(|| {
        let _ = (send(local.as_str()).is_err(), Queue(Some(&local)).flush().is_err());
        let _ = (later(&local).now_or_never(), boxed(&local).now_or_never());
    });
    for name in ["send", "flush", "later", "boxed"] {
        assert!(
            matches!(trace.span(name).status(), traced::opentelemetry::trace::Status::Error { description } if description == "the queue is closed"),
            "{name}"
        );
    }
}

enum Reply {
    Busy,
}

impl traced::IntoOutcome for Reply {
    fn into_outcome(&self) -> traced::Outcome {
        match self {
            Self::Busy => traced::Outcome::error("busy", "the queue is full"),
        }
    }
}

#[test]
fn a_result_type_of_the_users_own_takes_part() {
    #[traced]
    fn reply() -> Reply {
        Reply::Busy
    }
    let (_, trace) = capture(reply);
    assert_eq!(
        trace.tree(),
        "reply [error.type=busy] ERROR: the queue is full\n  · exception [exception.type=busy, exception.message=the queue is full]\n"
    );
}

/// Says nothing of itself, although it should: its texts end with an error.
struct Mute(Option<Declined>);

impl fmt::Display for Mute {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

impl Debug for Mute {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

impl Error for Mute {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.as_ref().map(|source| source as _)
    }
}

#[test]
fn an_error_that_cannot_be_written_is_an_error_and_no_panic() {
    #[traced(attributes(of = %Mute(None), also = ?Mute(None)))]
    fn alone() -> Result<(), Mute> {
        Err(Mute(None))
    }
    #[traced]
    fn with_source() -> Result<(), Mute> {
        Err(Mute(Some(Declined)))
    }
    #[traced]
    fn boxed() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(Box::new(Mute(Some(Declined))))
    }
    #[traced]
    fn recorded() {
        traced::record_error(&Mute(Some(Declined)));
    }
    let (_, trace) = capture(|| (alone().is_err(), with_source().is_err(), boxed().is_err(), recorded()));
    let failed = |name: &str, kind: &str| format!("{name}error.type={kind}] ERROR: \n  · exception [exception.type={kind}]\n");
    let (mute, boxed) = ("behaviour::outcome::Mute", "alloc::boxed::Box<dyn core::error::Error + core::marker::Send + core::marker::Sync>");
    let expected = [("alone [of=, also=, ", mute), ("with_source [", mute), ("boxed [", boxed), ("recorded [", mute)];
    assert_eq!(trace.tree(), expected.map(|(name, kind)| failed(name, kind)).concat());
}

#[traced]
fn panics() {
    panic!("out of {}", "stock");
}

#[traced]
fn around() -> u32 {
    panics();
    1
}

#[test]
fn a_panic_ends_every_span_it_leaves_and_goes_on() {
    let (caught, trace) = capture(|| catch_unwind(around));
    assert!(caught.is_err());
    let line = "[error.type=panic] ERROR: out of stock\n";
    let event = "· exception [exception.type=panic, exception.message=out of stock]\n";
    assert_eq!(trace.tree(), format!("around {line}  {event}  panics {line}    {event}"));
    let stack = trace.span("panics").events()[0].attributes[2].value.to_string();
    assert!(stack.starts_with("at tests/behaviour/outcome.rs:"), "{stack}");
    assert!(stack.contains("panics"), "the backtrace names the function: {stack}");
}

#[tokio::test]
async fn a_panic_in_a_future_is_recorded_when_it_happens() {
    #[traced]
    async fn fails() -> u32 {
        tokio::task::yield_now().await;
        panic!("broken");
    }
    let (joined, trace) = traced::testing::capture_async(async { traced::spawn(fails()).await }).await;
    assert!(joined.is_err());
    assert_eq!(trace.tree(), "fails [error.type=panic] ERROR: broken\n  · exception [exception.type=panic, exception.message=broken]\n");
}

/// Neither has a context of its own: `leaf` is never current, and `current` has the enclosing span's.
#[tokio::test]
async fn a_panic_is_no_cancellation_in_a_future_without_a_context_of_its_own() {
    #[traced(leaf)]
    async fn never_current() {
        tokio::task::yield_now().await;
        panic!("broken");
    }
    #[traced(current)]
    async fn of_the_caller() {
        tokio::task::yield_now().await;
        panic!("broken too");
    }
    #[traced]
    async fn caller() {
        let _ = traced::spawn(of_the_caller()).await;
    }
    let ((), trace) = traced::testing::capture_async(async {
        let _ = traced::spawn(never_current()).await;
        let _ = traced::spawn(caller()).await;
    })
    .await;
    assert_eq!(
        trace.tree(),
        "never_current [error.type=panic] ERROR: broken\n  · exception [exception.type=panic, exception.message=broken]\n\
         caller [error.type=panic] ERROR: broken too\n  · exception [exception.type=panic, exception.message=broken too]\n"
    );
}

/// An error only where it is made of what lives for ever, as `arrayvec`'s is: the compiler learns of the lifetime too late to choose another
/// impl.
mod borrowed {
    use super::{Debug, Error, fmt, traced};

    #[derive(Debug)]
    pub(super) struct Full<T>(pub(super) T);

    impl<T> fmt::Display for Full<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("full")
        }
    }

    impl<T: std::any::Any + Debug> Error for Full<T> {}

    #[traced]
    pub(super) fn elided(text: &str) -> Result<(), Full<&str>> {
        Err(Full(text))
    }

    #[traced]
    pub(super) fn named<'a>(text: &'a str, _: &str) -> Result<(), Full<Option<&'a str>>> {
        Err(Full(Some(text)))
    }

    pub(super) struct Name;

    impl<'a> TryFrom<&'a str> for Name {
        type Error = Full<&'a str>;

        #[traced]
        fn try_from(text: &'a str) -> Result<Self, Self::Error> {
            Err(Full(text))
        }
    }

    #[traced]
    pub(super) fn for_ever(text: &'static str) -> Result<(), Full<&'static str>> {
        Err(Full(text))
    }
}

#[test]
fn an_error_made_of_something_borrowed_is_recorded_with_its_text() {
    let text = String::from("text");
    let (_, trace) = capture(|| {
        let _ = borrowed::elided(&text);
        let _ = borrowed::named(&text, "");
        let _ = borrowed::for_ever("text");
        borrowed::Name::try_from(text.as_str()).is_err()
    });
    let expected = |name: &str, of: &str| {
        let kind = format!("behaviour::outcome::borrowed::Full<{of}>");
        format!("{name} [error.type={kind}] ERROR: full\n  · exception [exception.type={kind}, exception.message=full]\n")
    };
    let text = "core::option::Option<&str>";
    assert_eq!(
        trace.tree(),
        [expected("elided", "&str"), expected("named", text), expected("for_ever", "&str"), expected("try_from", "&str")].concat()
    );
}
