//! Values and errors that panic when they are asked to describe themselves: the trace says so, and the program, which did not ask, goes on.

use std::error::Error;
use std::fmt;
use std::panic::{catch_unwind, panic_any};
use traced::opentelemetry::Value;
use traced::testing::{Trace, capture, capture_async};
use traced::traced;

/// Panics half-way through its texts, and instead of being a value or an outcome.
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half of the ")?;
        panic!("no {}", "Display")
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half of the ")?;
        panic!("no Debug")
    }
}

impl Error for Broken {}

struct NoValue;

impl traced::IntoValue for NoValue {
    fn into_value(&self) -> Value {
        panic_any(7)
    }
}

#[traced(attributes(before = "b", display = %Broken, debug = ?Broken, value = NoValue, after = "a"), ret)]
fn describes() -> Broken {
    traced::record!(recorded = %Broken, next = "n");
    traced::event!("happened", what = ?Broken, next = "n");
    Broken
}

#[test]
fn an_attribute_that_panics_is_text_and_the_others_are_whole() {
    let (_, trace) = capture(describes);
    assert_eq!(
        trace.tree(),
        "describes [before=b, display=[panicked: no Display], debug=[panicked: no Debug], \
         value=[panicked: with a value that is not text], after=a, return=[panicked: no Display], recorded=[panicked: no Display], next=n]\n  \
         · happened [what=[panicked: no Debug], next=n]\n"
    );
}

#[test]
fn the_expression_of_an_attribute_is_the_users_own_code() {
    #[traced(attributes(x = compute()))]
    fn asks() {}
    fn compute() -> u32 {
        panic!("mine")
    }
    let (result, trace) = capture(|| catch_unwind(asks));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"mine"));
    assert_eq!(trace.tree(), "");
}

/// Its message is whole; what caused it is not.
#[derive(Debug)]
enum Failed {
    ByBroken(Broken),
    ByNobodyKnows,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed")
    }
}

impl Error for Failed {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ByBroken(source) => Some(source),
            Self::ByNobodyKnows => panic!("no source"),
        }
    }
}

fn failed(name: &str, kind: &str, message: &str) -> String {
    format!("{name} [error.type={kind}] ERROR: {message}\n  · exception [exception.type={kind}, exception.message={message}]\n")
}

fn stacktrace(trace: &Trace, name: &str) -> String {
    let event = &trace.span(name).events()[0];
    event.attributes.iter().find(|a| a.key.as_str() == "exception.stacktrace").expect("there is a chain").value.to_string()
}

#[test]
fn an_error_that_panics_is_an_error_and_is_returned() {
    #[traced]
    fn plain() -> Result<(), Broken> {
        Err(Broken)
    }
    #[traced]
    fn boxed() -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(Broken.into())
    }
    #[traced]
    fn debug() -> Result<(), [Broken; 1]> {
        Err([Broken])
    }
    #[traced]
    fn recorded() {
        traced::record_error(&Broken);
    }
    let (_, trace) = capture(|| {
        recorded();
        (plain().is_err(), boxed().is_err(), debug().is_err())
    });
    let (kind, message) = ("behaviour::caught::Broken", "[panicked: no Display]");
    assert_eq!(
        trace.tree(),
        [
            failed("recorded", kind, message),
            failed("plain", kind, message),
            failed("boxed", "alloc::boxed::Box<dyn core::error::Error + core::marker::Send + core::marker::Sync>", message),
            failed("debug", "[behaviour::caught::Broken; 1]", "[panicked: no Debug]"),
        ]
        .concat()
    );
}

#[test]
fn a_chain_of_sources_says_where_it_breaks() {
    #[traced]
    fn text() -> Result<(), Failed> {
        Err(Failed::ByBroken(Broken))
    }
    #[traced]
    fn source() -> Result<(), Failed> {
        Err(Failed::ByNobodyKnows)
    }
    #[traced]
    fn whole() -> Result<(), anyhow::Error> {
        Err(anyhow::Error::new(Broken).context("checkout"))
    }
    let (_, trace) = capture(|| (text().is_err(), source().is_err(), whole().is_err()));
    let kind = "behaviour::caught::Failed";
    assert_eq!(
        trace.tree(),
        [failed("text", kind, "failed"), failed("source", kind, "failed"), failed("whole", "anyhow::Error", "checkout")].concat()
    );
    assert_eq!(stacktrace(&trace, "text"), format!("{kind}: failed\ncaused by: [panicked: no Display]"));
    assert_eq!(stacktrace(&trace, "source"), format!("{kind}: failed\ncaused by: [panicked: no source]"));
    assert_eq!(stacktrace(&trace, "whole"), "anyhow::Error: checkout\ncaused by: [panicked: no Display]");
}

struct Reply;

impl traced::IntoOutcome for Reply {
    fn into_outcome(&self) -> traced::Outcome {
        panic!("no outcome")
    }
}

#[tokio::test]
async fn an_outcome_that_panics_is_an_error_of_its_type() {
    #[traced]
    async fn replies() -> Reply {
        Reply
    }
    let (_, trace) = capture_async(replies()).await;
    assert_eq!(trace.tree(), failed("replies", "behaviour::caught::Reply", "[panicked: no outcome]"));
}

#[test]
fn the_panic_that_unwinds_is_not_mistaken_for_the_one_that_was_caught() {
    struct Closes;
    impl Drop for Closes {
        fn drop(&mut self) {
            close();
        }
    }
    #[traced(attributes(what = %Broken))]
    fn close() {}
    #[traced]
    fn works() {
        let _closes = Closes;
        panic!("out of stock");
    }
    let (result, trace) = capture(|| catch_unwind(works));
    assert_eq!(result.unwrap_err().downcast_ref(), Some(&"out of stock"));
    assert_eq!(
        trace.tree(),
        "works [error.type=panic] ERROR: out of stock\n  · exception [exception.type=panic, exception.message=out of stock]\n  \
         close [what=[panicked: no Display]]\n"
    );
}

#[test]
fn a_span_in_code_that_is_caught_is_not_given_the_words_of_an_older_panic() {
    struct Asks;
    impl fmt::Display for Asks {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            ask();
            Ok(())
        }
    }
    #[traced]
    fn ask() {
        panic!("no answer");
    }
    #[traced]
    fn works() {
        assert!(catch_unwind(|| panic!("older")).is_err());
        traced::record!(asked = %Asks);
    }
    let ((), trace) = capture(works);
    assert_eq!(
        trace.tree(),
        "works [asked=[panicked: no answer]]\n  \
         ask [error.type=panic] ERROR: panicked\n    · exception [exception.type=panic, exception.message=panicked]\n"
    );
}
