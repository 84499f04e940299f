//! Queues, files and the console, in whole programs.

use crate::{probe, stderr, stdout};

#[test]
fn a_full_queue_drops_and_counts() {
    let text = stdout(&probe(&["flood", "80000", "drop"], &[]));
    let counts: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [started, exported, dropped, failed, ..] = counts[..] else { panic!("{text}") };
    assert_eq!(started, 80_000);
    assert_eq!(exported + dropped, started);
    assert!(dropped > 0, "the exporter was slow enough: {text}");
    assert_eq!(failed, 0);
}

#[test]
fn a_full_queue_waits_and_loses_nothing() {
    let text = stdout(&probe(&["flood", "80000", "block"], &[]));
    assert!(text.starts_with("80000 spans started, 80000 exported, 0 dropped, 0 failed in "), "{text}");
}

#[test]
fn errors_and_slow_traces_are_kept_though_not_sampled() {
    let text = stdout(&probe(&["keep"], &[]));
    let kept = "kept: charge fails fine fine slow\n37 spans started, 5 exported, 20 dropped, 0 failed, 12 not sampled\n";
    assert_eq!(text, kept, "two traces are kept whole, one is forgotten, and ten of thirty undecided spans fit the budget");
}

#[test]
fn without_configuration_finished_traces_are_drawn() {
    let output = probe(&["plain"], &[("OTEL_TRACED_ASCII", "0"), ("LC_ALL", "C.UTF-8")]);
    assert_eq!(stdout(&output), "2 spans started, 2 exported, 0 dropped, 0 failed\n");
    let text = stderr(&output);
    let first = text.lines().next().unwrap_or_default();
    assert_eq!(first, "traced: service=probe -> stderr (tree), sampler=parentbased_always_on");
    assert!(text.contains("\n└─ charge"), "{text}");
    assert!(text.contains("✗ Error: an error occurred when formatting an argument"), "{text}");
}

#[test]
fn a_disabled_sdk_records_nothing() {
    let output = probe(&["plain"], &[("OTEL_SDK_DISABLED", "true")]);
    assert_eq!(stdout(&output), "0 spans started, 0 exported, 0 dropped, 0 failed\n");
}

#[test]
fn an_unsampled_trace_is_not_recorded() {
    let output = probe(&["plain"], &[("OTEL_TRACES_SAMPLER", "always_off")]);
    assert_eq!(stdout(&output), "0 spans started, 0 exported, 0 dropped, 0 failed\n");
}

#[test]
fn the_file_exporter_writes_otlp_lines_with_the_scope_of_the_annotated_crate() {
    let path = std::env::temp_dir().join(format!("traced-probe-{}.jsonl", std::process::id()));
    let text = stdout(&probe(&["file", &path.to_string_lossy()], &[]));
    assert_eq!(text, "2 spans started, 2 exported, 0 dropped, 0 failed\n");
    let written = std::fs::read_to_string(&path).expect("the file is there");
    std::fs::remove_file(&path).expect("it can be removed");
    let scope = format!(r#""scope":{{"name":"traced-tests","version":"{}""#, env!("CARGO_PKG_VERSION"));
    assert!(written.contains(&scope), "{written}");
}

#[test]
fn a_context_can_be_used_when_its_span_and_its_thread_are_gone() {
    let text = stdout(&probe(&["context-outlives-thread"], &[]));
    let expected = "recording: false\ngone with 0 attributes of its own, then inner\nchild of it: true\n\
        2 spans started, 2 exported, 0 dropped, 0 failed\n";
    assert_eq!(text, expected);
}

#[test]
fn a_destructor_of_a_thread_local_may_trace_when_tracing_is_gone_from_the_thread() {
    let text = stdout(&probe(&["thread-local-destructors"], &[]));
    let expected = "700 spans started, 700 exported, 0 dropped, 0 failed\n\
        held by the first: 100\nheld by the last: 100\nouter: 100\ninner: 400\n";
    assert_eq!(text, expected);
}

#[test]
fn a_destructor_may_be_the_first_to_trace_where_the_context_is_gone() {
    let output = probe(&["first-traced-in-a-destructor"], &[]);
    assert_eq!(stdout(&output), "destroyed, with 0 headers\n0 spans started, 0 exported, 0 dropped, 0 failed\n");
    assert!(!stderr(&output).contains("panicked"), "{output:?}");
}

#[test]
fn sixty_thousand_spans_of_short_lived_threads_arrive_and_leave_no_memory_behind() {
    let text = stdout(&probe(&["short-lived"], &[]));
    assert_eq!(text, "60000 spans started, 60000 exported, 0 dropped, 0 failed\ngrown: no\n");
}

#[test]
fn every_span_is_in_a_count_when_threads_trace_on_through_a_shutdown() {
    let expected = "while they are there: 0 unaccounted for, some exported, some dropped\n\
        when they are gone: 0 unaccounted for, some exported, some dropped\nexported after the shutdown: 0\n";
    for mode in ["shutdown-under-load-drop", "shutdown-under-load-block"] {
        assert_eq!(stdout(&probe(&[mode], &[])), expected, "{mode}");
    }
}
