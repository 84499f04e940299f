//! The edges of a process's tracing: started twice, dropped in a runtime, flushed by everybody, sampled by halves. Each prints what it finds.

use crate::{WITHIN, on, refused};
use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use traced::opentelemetry::trace::{Link, Span as _, SpanKind, TraceContextExt, TraceState, Tracer as _};
use traced::opentelemetry::{Context, KeyValue, TraceId, global};
use traced::sdk::trace::{SamplingDecision, SamplingResult, ShouldSample};
use traced::{Batch, Exporter, Guard, Sampler, Stats, WhenFull, traced};

#[traced]
fn outer() {
    inner();
}

#[traced]
fn inner() {}

fn start(exporter: &Exporter) -> Guard {
    traced::builder().exporter(exporter.clone()).install().expect("tracing starts")
}

pub(crate) fn init_after_shutdown() -> ExitCode {
    start(&Exporter::memory()).shutdown(WITHIN).expect("nothing to send");
    refused(traced::init("again"))
}

/// No limit to any wait: for room in the queue, for an export, for the end.
pub(crate) fn no_limits() -> ExitCode {
    let batch = Batch {
        max_queue_size: 100,
        max_export_batch_size: 100,
        export_timeout: Duration::MAX,
        when_full: WhenFull::Block,
        ..Batch::default()
    };
    let guard = traced::builder().exporter(Exporter::memory()).batch(batch).install().expect("tracing starts");
    (0..10_000).for_each(|_| outer());
    guard.flush(Duration::MAX).expect("everything is sent");
    println!("{}", guard.shutdown(Duration::MAX).expect("nothing is left"));
    ExitCode::SUCCESS
}

/// Counts are read while spans start, end and are exported all the time.
pub(crate) fn stats_under_load() -> ExitCode {
    let batch = Batch { max_export_batch_size: 1, max_queue_size: 1, ..Batch::default() };
    let guard = traced::builder().exporter(Exporter::memory()).batch(batch).install().expect("tracing starts");
    let stop = AtomicBool::new(false);
    let wrong = thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                inner();
            }
        });
        let read = |_: &u32| {
            let Stats { started, exported, dropped, failed, unsampled, .. } = traced::stats();
            exported + dropped + failed + unsampled > started
        };
        let wrong = (0..2_000_000).filter(read).count();
        stop.store(true, Ordering::Relaxed);
        wrong
    });
    drop(guard);
    println!("{wrong} times more than have started");
    ExitCode::SUCCESS
}

/// The runtime's only thread waits for the export thread, which has a runtime of its own.
pub(crate) fn guard_in_async() -> ExitCode {
    let exporter = Exporter::memory();
    let guard = start(&exporter);
    let started = Instant::now();
    on(&mut tokio::runtime::Builder::new_current_thread(), async move {
        outer();
        tokio::task::yield_now().await;
        drop(guard);
    });
    println!("{} spans, in time: {}", exporter.finished_spans().len(), started.elapsed() < WITHIN);
    ExitCode::SUCCESS
}

/// Four threads flush at once, ten times, while others trace without end.
pub(crate) fn flush_under_load() -> ExitCode {
    let exporter = Exporter::memory();
    let guard = start(&exporter);
    let stop = AtomicBool::new(false);
    let sent = thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    outer();
                }
            });
        }
        let flush = || (0..10).filter(|_| guard.flush(WITHIN).is_ok()).count();
        let flushing: Vec<_> = (0..4).map(|_| scope.spawn(flush)).collect();
        let sent: usize = flushing.into_iter().map(|thread| thread.join().expect("no panic")).sum();
        stop.store(true, Ordering::Relaxed);
        sent
    });
    println!("{sent} flushes in time");
    ExitCode::SUCCESS
}

/// Records every span for the process alone.
#[derive(Debug, Clone)]
struct RecordOnly;

impl ShouldSample for RecordOnly {
    fn should_sample(&self, _: Option<&Context>, _: TraceId, _: &str, _: &SpanKind, _: &[KeyValue], _: &[Link]) -> SamplingResult {
        SamplingResult { decision: SamplingDecision::RecordOnly, attributes: Vec::new(), trace_state: TraceState::default() }
    }
}

pub(crate) fn record_only() -> ExitCode {
    #[traced]
    fn look() {
        let context = Context::current();
        let span = context.span();
        println!("recording: {}, sampled: {}", span.is_recording(), span.span_context().is_sampled());
    }
    let exporter = Exporter::memory();
    let guard = traced::builder().exporter(exporter.clone()).sampler(RecordOnly).install().expect("tracing starts");
    look();
    println!("{}", guard.shutdown(WITHIN).expect("nothing to send"));
    println!("{} spans exported", exporter.finished_spans().len());
    ExitCode::SUCCESS
}

/// Says what it is shown.
#[derive(Debug, Clone)]
struct Shows;

impl ShouldSample for Shows {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        _: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let attributes: Vec<_> = attributes.iter().map(|attribute| format!("{}={}", attribute.key, attribute.value)).collect();
        let has_parent = parent.is_some_and(TraceContextExt::has_active_span);
        println!("{name} {kind:?} {attributes:?} {} links, parent: {has_parent}", links.len());
        let decision = SamplingDecision::RecordAndSample;
        SamplingResult { decision, attributes: vec![KeyValue::new("by", "the sampler")], trace_state: TraceState::default() }
    }
}

/// What a sampler is shown of a span before it starts, and what the span has in the end, with the thread's attributes.
pub(crate) fn sampler() -> ExitCode {
    #[traced(name = format!("charge {card}"), kind = client, args(cents), root(link))]
    fn charge(card: &str, cents: u64) {
        traced::record!(late = true);
        traced::span!("validate").end();
    }
    let exporter = Exporter::memory();
    let builder = traced::builder().exporter(exporter.clone()).sampler(Shows).code_attributes(false).thread_attributes(true);
    let guard = builder.install().expect("tracing starts");
    let orders = || traced::span!("order").in_scope(|| charge("visa", 4990));
    thread::Builder::new().name("orders".to_owned()).spawn(orders).expect("a thread").join().expect("no panic");
    guard.shutdown(WITHIN).expect("everything is sent");
    for span in exporter.finished_spans() {
        let shown = |attribute: &KeyValue| match attribute.key.as_str() {
            "thread.id" => "thread.id".to_owned(),
            key => format!("{key}={}", attribute.value),
        };
        let mut attributes: Vec<_> = span.attributes.iter().map(shown).collect();
        attributes.sort();
        println!("{}: {}", span.name, attributes.join(" "));
    }
    ExitCode::SUCCESS
}

/// The flags of new traces, and of those that others began; with `asked`, where a sampler is asked and drops one.
pub(crate) fn flags() -> ExitCode {
    #[traced]
    fn new() {
        print("new");
        child();
    }
    #[traced]
    fn child() {
        print("child");
    }
    #[traced(from = headers)]
    fn received(headers: &HashMap<String, String>) {
        print(&headers["traceparent"][53..]);
    }
    fn print(what: &str) {
        let mut headers = HashMap::new();
        traced::inject(&mut headers);
        println!("{what}: {}", &headers["traceparent"][53..]);
    }
    let builder = traced::builder().exporter(Exporter::memory());
    let asked = std::env::args().nth(2).is_some_and(|what| what == "asked");
    let builder = if asked { builder.sampler(Sampler::parent_based(NotTheLast)) } else { builder };
    let guard = builder.install().expect("tracing starts");
    new();
    let mut plain = global::tracer("plain API").start("plain API");
    println!("plain API: {:02x}", plain.span_context().trace_flags().to_u8());
    plain.end();
    for flags in ["00", "01", "02", "03"] {
        let parent = format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
        received(&HashMap::from([("traceparent".to_owned(), parent)]));
    }
    unsampled();
    println!("{}", guard.shutdown(WITHIN).expect("everything is sent"));
    ExitCode::SUCCESS
}

#[traced]
fn unsampled() {
    let mut headers = HashMap::new();
    traced::inject(&mut headers);
    println!("unsampled: {}", &headers["traceparent"][53..]);
}

/// Samples all but one.
#[derive(Debug, Clone)]
struct NotTheLast;

impl ShouldSample for NotTheLast {
    fn should_sample(&self, _: Option<&Context>, _: TraceId, name: &str, _: &SpanKind, _: &[KeyValue], _: &[Link]) -> SamplingResult {
        let decision = if name == "unsampled" { SamplingDecision::Drop } else { SamplingDecision::RecordAndSample };
        SamplingResult { decision, attributes: Vec::new(), trace_state: TraceState::default() }
    }
}

/// A value that panics when it is written, in a program that looks at its panics.
pub(crate) fn panicking_value() -> ExitCode {
    struct Broken;
    impl std::fmt::Display for Broken {
        fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            panic!("broken")
        }
    }
    #[traced(attributes(value = %Broken))]
    fn shows() {}
    std::panic::set_hook(Box::new(|info| println!("heard: {}", info.payload_as_str().unwrap_or_default())));
    let exporter = Exporter::memory();
    let guard = start(&exporter);
    shows();
    let _ = thread::spawn(|| panic!("and then")).join();
    guard.shutdown(WITHIN).expect("nothing to send");
    println!("{}", exporter.finished_spans()[0].attributes[0].value);
    ExitCode::SUCCESS
}
