//! Threads that come and go, end spans late, share contexts, and trace on while tracing shuts down. Each prints the report and what else is
//! to be looked at.

use crate::{WITHIN, memory};
use std::cell::RefCell;
use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};
use traced::opentelemetry::trace::TraceContextExt as _;
use traced::opentelemetry::{Context, KeyValue};
use traced::{Batch, Exporter, Guard, WhenFull, traced};

/// Nothing is fetched unless a batch is full or somebody asks.
fn start(exporter: Exporter, when_full: WhenFull) -> Guard {
    let batch = Batch { scheduled_delay: Duration::from_hours(1), when_full, ..Batch::default() };
    traced::builder().exporter(exporter).batch(batch).install().expect("tracing starts")
}

#[traced]
fn outer() {
    inner();
}

#[traced(attributes(order.id = "ord-1"))]
fn inner() {}

/// Twenty thousand threads of three spans each, eight at a time.
pub(crate) fn short_lived() -> ExitCode {
    let exporter = Exporter::memory();
    let tracing = start(exporter.clone(), WhenFull::Block);
    let run = || {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    outer();
                    inner();
                });
            }
        });
        exporter.reset();
    };
    (0..500).for_each(|_| run());
    let before = memory("VmRSS:");
    (0..2000).for_each(|_| run());
    let grown = memory("VmRSS:").saturating_sub(before);
    println!("{}", tracing.shutdown(WITHIN).expect("everything is sent"));
    println!("grown: {}", if grown < 8 * 1024 * 1024 { "no".to_owned() } else { format!("{grown} bytes") });
    ExitCode::SUCCESS
}

/// A thread's span is still in a context when the thread is gone.
pub(crate) fn context_outlives_thread() -> ExitCode {
    #[traced]
    fn gone(send: impl FnOnce(Context)) {
        send(Context::current());
    }
    let exporter = Exporter::memory();
    let tracing = start(exporter.clone(), WhenFull::Drop);
    let (send, receive) = channel();
    thread::spawn(move || gone(|context| send.send(context).expect("received below"))).join().expect("no panic");
    let context = receive.recv().expect("sent");
    context.span().set_attribute(KeyValue::new("too", "late"));
    println!("recording: {}", context.span().is_recording());
    {
        let _current = context.clone().attach();
        inner();
    }
    tracing.flush(WITHIN).expect("sent");
    let spans = exporter.finished_spans();
    println!("{} with {} attributes of its own, then {}", spans[0].name, own(&spans[0].attributes), spans[1].name);
    println!("child of it: {}", spans[1].parent_span_id == context.span().span_context().span_id());
    drop(context);
    println!("{}", tracing.shutdown(WITHIN).expect("everything is sent"));
    ExitCode::SUCCESS
}

fn own(attributes: &[KeyValue]) -> usize {
    attributes.iter().filter(|attribute| !attribute.key.as_str().starts_with("code.")).count()
}

/// Spans that end, and spans that start, in destructors of thread-locals: of those made before tracing's own and of those made after.
pub(crate) fn thread_local_destructors() -> ExitCode {
    struct Late(RefCell<Option<traced::Span>>);
    impl Drop for Late {
        fn drop(&mut self) {
            outer();
            traced::bind(inner)();
            let mut headers = HashMap::new();
            traced::inject(&mut headers);
            if let Some(span) = &mut *self.0.borrow_mut() {
                span.in_scope(inner);
            }
            traced::link(traced::extract(&headers).span().span_context().clone());
            drop(self.0.take());
        }
    }
    thread_local! {
        static FIRST: Late = const { Late(RefCell::new(None)) };
        static LAST: Late = const { Late(RefCell::new(None)) };
    }
    let exporter = Exporter::memory();
    let tracing = start(exporter.clone(), WhenFull::Drop);
    for _ in 0..100 {
        let body = || {
            FIRST.with(|_| ());
            inner();
            LAST.with(|_| ());
            FIRST.with(|late| late.0.replace(Some(traced::span!("held by the first"))));
            LAST.with(|late| late.0.replace(Some(traced::span!("held by the last"))));
        };
        thread::spawn(body).join().expect("no panic");
    }
    println!("{}", tracing.shutdown(WITHIN).expect("everything is sent"));
    let spans = exporter.finished_spans();
    for name in ["held by the first", "held by the last", "outer", "inner"] {
        println!("{name}: {}", spans.iter().filter(|span| span.name == name).count());
    }
    ExitCode::SUCCESS
}

/// A destructor that is the first on its thread to trace, where the context was used before and is gone by now.
pub(crate) fn first_traced_in_a_destructor() -> ExitCode {
    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            outer();
            let mut headers = HashMap::new();
            traced::inject(&mut headers);
            println!("destroyed, with {} headers", headers.len());
        }
    }
    thread_local!(static LATE: Late = const { Late });
    let tracing = start(Exporter::memory(), WhenFull::Drop);
    let body = || {
        LATE.with(|_| ());
        let _ = Context::current();
    };
    thread::spawn(body).join().expect("no panic");
    println!("{}", tracing.shutdown(WITHIN).expect("nothing to send"));
    ExitCode::SUCCESS
}

/// Eight threads trace before, during and after the shutdown.
pub(crate) fn shutdown_under_load(when_full: WhenFull) -> ExitCode {
    let tracing = start(Exporter::memory(), when_full);
    let stop = AtomicBool::new(false);
    let (stopped, counted) = (Barrier::new(9), Barrier::new(9));
    let report = thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    outer();
                }
                // Still there when the counts are read, with whatever they hold.
                stopped.wait();
                counted.wait();
            });
        }
        until(|| traced::stats().exported > 0);
        let report = tracing.shutdown(WITHIN).expect("everything is sent");
        until(|| traced::stats().dropped > report.dropped);
        stop.store(true, Ordering::Relaxed);
        stopped.wait();
        settle("while they are there");
        counted.wait();
        report
    });
    settle("when they are gone");
    println!("exported after the shutdown: {}", traced::stats().exported - report.exported);
    ExitCode::SUCCESS
}

/// Waits for the condition, or until what is printed next shows that it does not hold.
fn until(condition: impl Fn() -> bool) {
    let since = Instant::now();
    while !condition() && since.elapsed() < WITHIN {
        thread::yield_now();
    }
}

fn settle(when: &str) {
    let stats = traced::stats();
    let settled = stats.exported + stats.dropped + stats.failed;
    println!(
        "{when}: {} unaccounted for, {} exported, {} dropped",
        stats.started.abs_diff(settled),
        some(stats.exported),
        some(stats.dropped)
    );
}

fn some(count: u64) -> &'static str {
    if count > 0 { "some" } else { "none" }
}
