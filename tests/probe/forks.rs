//! A process that forks while it traces. The child says what it sees, then the parent; what was exported is in the file that is named.

use fork::{Fork, fork, waitpid};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use traced::opentelemetry::global;
use traced::opentelemetry::trace::{Span as _, Tracer as _};
use traced::{Exporter, traced};

use crate::WITHIN;

#[traced]
fn before() {}

#[traced]
fn after() {
    println!("id: {}", traced::span_id().map_or_else(|| "none".to_owned(), |id| id.to_string()));
}

/// Forks inside a span, when one has ended that is not exported yet.
pub(crate) fn inside_a_span() -> ExitCode {
    #[traced]
    fn around() -> bool {
        before();
        println!("id: {}", traced::span_id().expect("inside a span"));
        let fork = fork().expect("the system forks");
        if let Fork::Parent(child) = fork {
            waitpid(child).expect("the child ends");
        }
        after();
        println!("plain API: {}", global::tracer("plain API").start("other").is_recording());
        fork == Fork::Child
    }
    let path = std::env::args().nth(2).expect("a path");
    let tracing = traced::builder().exporter(Exporter::file(path)).install().expect("tracing starts");
    let is_child = around();
    println!("flush: {:?}", tracing.flush(WITHIN));
    println!("stats: {} started", traced::stats().started);
    if is_child {
        println!("again: {}", traced::init("child").expect_err("started in the parent"));
    }
    let started = Instant::now();
    println!("shutdown: {}", tracing.shutdown(WITHIN).map_or_else(|error| error.to_string(), |report| report.to_string()));
    println!("waited: {}", started.elapsed() >= WITHIN);
    ExitCode::SUCCESS
}

/// Forks while other threads trace and flush, so that some lock of the engine is held more often than not. A child must end all the same.
/// No thread starts meanwhile: the standard library's own exit would wait for the lock that takes.
pub(crate) fn under_load() -> ExitCode {
    let tracing = traced::builder().exporter(Exporter::memory()).install().expect("tracing starts");
    let stop = AtomicBool::new(false);
    let hung = thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    (0..200).for_each(|_| before());
                    traced::stats();
                }
            });
        }
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let _ = tracing.flush(WITHIN);
            }
        });
        let hung = (0..100).any(|_| !child_ends(&tracing));
        stop.store(true, Ordering::Relaxed);
        hung
    });
    println!("a child hung: {hung}");
    ExitCode::SUCCESS
}

/// A child that traces more than a chunk's worth, with a span of the parent open, and asks for everything that takes locks.
fn child_ends(tracing: &traced::Guard) -> bool {
    let open: Vec<_> = (0..300).map(|_| traced::span!("open")).collect();
    match fork().expect("the system forks") {
        Fork::Child => {
            drop(open);
            (0..300).for_each(|_| before());
            traced::stats();
            let stopped = tracing.flush(WITHIN).is_err();
            std::process::exit(i32::from(!stopped));
        }
        Fork::Parent(child) => {
            let until = Instant::now() + WITHIN;
            while Instant::now() < until {
                if let Some(status) = fork::waitpid_nohang(child).expect("it is our child") {
                    return status == 0;
                }
                thread::sleep(Duration::from_millis(1));
            }
            let _ = std::process::Command::new("kill").args(["-9", &child.to_string()]).status();
            false
        }
    }
}
