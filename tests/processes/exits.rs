//! What is sent when a program ends without dropping its guard, and how long that may take.

use crate::{probe, stdout};
use std::net::TcpListener;
use std::process::Output;
use std::time::{Duration, Instant};

/// How long an exit may take, and what takes so long has waited.
const WITHIN: Duration = Duration::from_secs(5);

/// What comes of a process that leaves in this way, and how often its two spans are in the file it writes to.
fn leave(how: &str) -> (Output, [usize; 2]) {
    let path = std::env::temp_dir().join(format!("traced-{how}-{}.jsonl", std::process::id()));
    let output = probe(&[how, &path.to_string_lossy()], &[]);
    let written = std::fs::read_to_string(&path).expect("the file is there");
    std::fs::remove_file(&path).expect("it can be removed");
    (output, ["ended", "open"].map(|name| written.matches(&format!(r#""name":"{name}""#)).count()))
}

#[test]
fn exit_sends_what_has_ended_on_this_thread() {
    assert_eq!(leave("exit").1, [1, 0]);
}

#[test]
fn exit_sends_what_has_ended_on_other_threads() {
    assert_eq!(leave("exit-of-threads").1, [2, 0]);
}

#[test]
fn exit_inside_a_span_does_not_send_that_one() {
    assert_eq!(leave("exit-inside").1, [1, 0]);
}

#[test]
fn a_return_from_main_sends_though_the_guard_is_forgotten() {
    assert_eq!(leave("guard-forgotten").1, [1, 0]);
}

#[cfg(unix)]
#[test]
fn a_forked_child_leaves_at_once_and_sends_nothing_and_its_parent_does_send() {
    let started = Instant::now();
    let (output, written) = leave("exit-of-fork");
    assert_eq!((&*stdout(&output), written), ("written by the child: \n", [1, 0]));
    assert!(started.elapsed() < WITHIN, "the child waits for nothing: {:?}", started.elapsed());
}

#[test]
fn abort_sends_nothing_and_what_was_flushed_before_is_there() {
    assert_eq!(leave("abort").1, [1, 0]);
}

/// How long a process takes that leaves in this way, with a collector that takes the connection and says nothing for a minute.
fn leave_a_silent_collector(how: &str) -> Duration {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let endpoint = format!("http://{}", listener.local_addr().expect("it listens"));
    let environment =
        [("OTEL_EXPORTER_OTLP_ENDPOINT", &*endpoint), ("OTEL_EXPORTER_OTLP_TIMEOUT", "60000"), ("OTEL_BSP_EXPORT_TIMEOUT", "60000")];
    let started = Instant::now();
    stdout(&probe(&[how], &environment));
    started.elapsed()
}

#[test]
fn exit_waits_five_seconds_for_a_collector_that_does_not_answer() {
    let took = leave_a_silent_collector("exit-to-collector");
    assert!(WITHIN <= took && took < 2 * WITHIN, "{took:?}");
}

#[test]
fn a_guard_that_was_dropped_is_not_waited_for_again() {
    let took = leave_a_silent_collector("dropped-to-collector");
    assert!(WITHIN <= took && took < 2 * WITHIN, "{took:?}");
}

#[test]
fn exit_does_not_wait_after_a_shutdown() {
    let took = leave_a_silent_collector("exit-after-shutdown");
    assert!(took < WITHIN, "{took:?}");
}

#[test]
fn an_exporter_that_ends_the_process_does_not_wait_for_itself() {
    let started = Instant::now();
    stdout(&probe(&["exit-by-exporter"], &[]));
    assert!(started.elapsed() < WITHIN, "{:?}", started.elapsed());
}
