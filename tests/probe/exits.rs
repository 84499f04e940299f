//! Ways out of a program that drop no guard, with spans that have ended and that nobody has sent yet.

use crate::{WITHIN, work};
use std::process::{ExitCode, exit};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;
use traced::sdk::error::OTelSdkResult;
use traced::sdk::trace::{SpanData, SpanExporter};
use traced::{Batch, Exporter, Guard, traced};

/// Nothing is sent before somebody asks.
fn start(exporter: Exporter) -> Guard {
    let batch = Batch { scheduled_delay: Duration::from_hours(1), ..Batch::default() };
    traced::builder().exporter(exporter).batch(batch).install().expect("tracing starts")
}

fn to_file() -> Guard {
    start(Exporter::file(std::env::args().nth(2).expect("a path")))
}

#[traced]
fn ended() {}

pub(crate) fn from_main() -> ExitCode {
    let _tracing = to_file();
    ended();
    exit(0)
}

/// The third has ended a span, too, and is still there.
pub(crate) fn from_the_second_of_three_threads() -> ExitCode {
    let _tracing = to_file();
    let both_ended = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            ended();
            both_ended.wait();
            exit(0)
        });
        scope.spawn(|| {
            ended();
            both_ended.wait();
            loop {
                thread::park();
            }
        });
    });
    ExitCode::FAILURE
}

pub(crate) fn inside_a_span() -> ExitCode {
    #[traced]
    fn open() {
        ended();
        exit(0)
    }
    let _tracing = to_file();
    open();
    ExitCode::FAILURE
}

pub(crate) fn with_a_forgotten_guard() -> ExitCode {
    std::mem::forget(to_file());
    ended();
    ExitCode::SUCCESS
}

/// The child has ended a span of its own, and leaves first.
#[cfg(unix)]
pub(crate) fn of_a_forked_child() -> ExitCode {
    use fork::{Fork, fork, waitpid};
    let _tracing = to_file();
    ended();
    if let Fork::Parent(child) = fork().expect("the system forks") {
        waitpid(child).expect("the child ends");
        println!("written by the child: {}", std::fs::read_to_string(std::env::args().nth(2).expect("a path")).expect("the file is there"));
    } else {
        ended();
    }
    exit(0)
}

/// One span is flushed before, the other is not.
pub(crate) fn by_abort() -> ExitCode {
    let tracing = to_file();
    ended();
    tracing.flush(WITHIN).expect("sent");
    ended();
    std::process::abort()
}

/// To whatever the environment names.
pub(crate) fn to_a_collector() -> ExitCode {
    let _tracing = start(Exporter::otlp());
    work();
    exit(0)
}

/// The same, where the guard is dropped.
pub(crate) fn dropped_to_a_collector() -> ExitCode {
    let _tracing = start(Exporter::otlp());
    work();
    ExitCode::SUCCESS
}

/// The same, after a shutdown that did not wait.
pub(crate) fn after_a_shutdown() -> ExitCode {
    let tracing = start(Exporter::otlp());
    work();
    println!("{}", tracing.shutdown(Duration::ZERO).expect_err("the collector is silent"));
    exit(0)
}

/// An exporter that has had enough.
pub(crate) fn by_the_exporter() -> ExitCode {
    #[derive(Debug)]
    struct Leaves;
    impl SpanExporter for Leaves {
        async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
            exit(0)
        }
    }
    let tracing = start(Exporter::custom(Leaves));
    ended();
    let _ = tracing.flush(4 * WITHIN);
    ExitCode::FAILURE
}
