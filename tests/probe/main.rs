//! A program that starts tracing and does what its first argument says; the tests in `processes/` run it and look at what came out.

mod accuracy;
mod edges;
mod exits;
mod flood;
#[cfg(unix)]
mod forks;
mod global;
mod threads;

use std::process::ExitCode;
use std::time::Duration;
use traced::opentelemetry::KeyValue;
use traced::{Exporter, Keep, Sampler, WhenFull, traced};

const WITHIN: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "plain" => report(work),
        "current-thread" => report(|| on(&mut tokio::runtime::Builder::new_current_thread(), async { work() })),
        "one-worker" => report(|| on(tokio::runtime::Builder::new_multi_thread().worker_threads(1), async { work() })),
        "inside-async" => on(&mut tokio::runtime::Builder::new_current_thread(), async { report(work) }),
        "twice" => twice(),
        "dropped" => dropped(),
        "question-mark" => question_mark(),
        "panics" => panics(),
        "bad-ratio" => refused(traced::builder().sampler(Sampler::ratio(1.5)).install()),
        "bad-endpoint" => refused(traced::builder().exporter(Exporter::otlp_http("localhost 4318")).install()),
        "file" => to_file(),
        "exit" => exits::from_main(),
        "exit-of-threads" => exits::from_the_second_of_three_threads(),
        "exit-inside" => exits::inside_a_span(),
        "guard-forgotten" => exits::with_a_forgotten_guard(),
        #[cfg(unix)]
        "exit-of-fork" => exits::of_a_forked_child(),
        "exit-to-collector" => exits::to_a_collector(),
        "dropped-to-collector" => exits::dropped_to_a_collector(),
        "exit-after-shutdown" => exits::after_a_shutdown(),
        "abort" => exits::by_abort(),
        "exit-by-exporter" => exits::by_the_exporter(),
        "keep" => keep(),
        "flood" => flood::run(std::env::args().skip(2)),
        "accuracy" => accuracy::run(std::env::args().skip(2)),
        #[cfg(unix)]
        "fork" => forks::inside_a_span(),
        #[cfg(unix)]
        "fork-under-load" => forks::under_load(),
        "stats-under-load" => edges::stats_under_load(),
        "no-limits" => edges::no_limits(),
        "init-after-shutdown" => edges::init_after_shutdown(),
        "guard-in-async" => edges::guard_in_async(),
        "flush-under-load" => edges::flush_under_load(),
        "record-only" => edges::record_only(),
        "sampler" => edges::sampler(),
        "global-provider" => global::provider(),
        "flags" => edges::flags(),
        "panicking-value" => edges::panicking_value(),
        "short-lived" => threads::short_lived(),
        "context-outlives-thread" => threads::context_outlives_thread(),
        "thread-local-destructors" => threads::thread_local_destructors(),
        "first-traced-in-a-destructor" => threads::first_traced_in_a_destructor(),
        "shutdown-under-load-drop" => threads::shutdown_under_load(WhenFull::Drop),
        "shutdown-under-load-block" => threads::shutdown_under_load(WhenFull::Block),
        _ => {
            eprintln!("unknown: {what:?}");
            ExitCode::FAILURE
        }
    }
}

#[traced(kind = server, attributes(order.id = "ord-1", items = 3))]
fn order() {
    traced::event!("accepted", by = "probe");
    let _ = charge();
}

#[traced(kind = client)]
fn charge() -> Result<(), std::fmt::Error> {
    Err(std::fmt::Error)
}

fn work() {
    order();
}

fn on<T>(runtime: &mut tokio::runtime::Builder, future: impl Future<Output = T>) -> T {
    runtime.enable_all().build().expect("a runtime").block_on(future)
}

fn init() -> traced::Guard {
    let resource = [KeyValue::new("deployment.environment.name", "test")];
    traced::builder().service_name("probe").resource(resource).install().expect("tracing starts")
}

fn report(work: impl FnOnce()) -> ExitCode {
    let tracing = init();
    work();
    match tracing.shutdown(WITHIN) {
        Ok(report) => println!("{report}"),
        Err(error) => println!("error: {error}"),
    }
    ExitCode::SUCCESS
}

fn twice() -> ExitCode {
    let _tracing = init();
    refused(traced::init("again"))
}

fn refused(result: Result<traced::Guard, traced::InitError>) -> ExitCode {
    match result {
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("{error}");
            ExitCode::SUCCESS
        }
    }
}

fn dropped() -> ExitCode {
    let _tracing = init();
    work();
    ExitCode::SUCCESS
}

fn question_mark() -> ExitCode {
    fn fails() -> Result<(), std::fmt::Error> {
        let _tracing = init();
        work();
        Err(std::fmt::Error)?;
        Ok(())
    }
    fails().map_or(ExitCode::from(3), |()| ExitCode::SUCCESS)
}

fn panics() -> ExitCode {
    let _tracing = init();
    work();
    panic!("leaving main");
}

fn to_file() -> ExitCode {
    let path = std::env::args().nth(2).expect("a path");
    let tracing = traced::builder().service_name("probe").exporter(Exporter::file(path)).install().expect("tracing starts");
    work();
    println!("{}", tracing.shutdown(WITHIN).expect("written"));
    ExitCode::SUCCESS
}

/// Nothing is sampled; what fails or is slow is kept, with all of its local trace.
fn keep() -> ExitCode {
    #[traced]
    fn fine(child: fn()) {
        child();
    }
    #[traced]
    fn quick() {}
    #[traced]
    fn slow() {
        std::thread::sleep(Duration::from_millis(60));
    }
    #[traced]
    fn fails() {
        let elsewhere = traced::bind(charge);
        let _ = std::thread::spawn(elsewhere).join().expect("no panic");
    }
    let memory = Exporter::memory();
    let tracing = traced::builder()
        .exporter(memory.clone())
        .sampler(Sampler::parent_based(Sampler::ratio(0.0)))
        .keep(Keep::errors().or_slower_than(Duration::from_millis(50)).budget(10))
        .install()
        .expect("tracing starts");
    fine(quick);
    fine(slow);
    fine(fails);
    tracing.flush(WITHIN).expect("decided");
    print_names("kept", &memory);
    (0..30).for_each(|_| quick());
    println!("{}", tracing.shutdown(WITHIN).expect("everything is decided"));
    ExitCode::SUCCESS
}

fn print_names(what: &str, memory: &Exporter) {
    let mut names: Vec<_> = memory.finished_spans().into_iter().map(|span| span.name).collect();
    names.sort();
    println!("{what}: {}", names.join(" "));
}

/// A line of `/proc/self/status`, in bytes; zero where there is no such file.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|found| found.strip_prefix(line)).unwrap_or_default();
    value.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}
