//! Starting twice, dropping in a runtime, flushing from everywhere, half-hearted samplers, the flags of a trace.

use crate::{probe, stdout};

#[test]
fn tracing_that_was_shut_down_is_not_started_again() {
    let text = stdout(&probe(&["init-after-shutdown"], &[]));
    assert!(text.starts_with("tracing is already installed in this process; call `traced::init` or `install` once"), "{text}");
}

#[test]
fn a_guard_that_is_dropped_in_async_code_sends_first() {
    assert_eq!(stdout(&probe(&["guard-in-async"], &[])), "2 spans, in time: true\n");
}

#[test]
fn the_longest_duration_is_no_limit() {
    assert_eq!(stdout(&probe(&["no-limits"], &[])), "20000 spans started, 20000 exported, 0 dropped, 0 failed\n");
}

#[test]
fn no_more_ends_are_counted_than_starts() {
    assert_eq!(stdout(&probe(&["stats-under-load"], &[])), "0 times more than have started\n");
}

#[test]
fn flushes_from_many_threads_end_under_a_load_that_does_not() {
    assert_eq!(stdout(&probe(&["flush-under-load"], &[])), "40 flushes in time\n");
}

#[test]
fn what_a_sampler_only_records_is_not_exported() {
    let expected = "recording: true, sampled: false\n1 spans started, 0 exported, 0 dropped, 0 failed, 1 not sampled\n0 spans exported\n";
    assert_eq!(stdout(&probe(&["record-only"], &[])), expected);
}

#[test]
fn a_sampler_is_shown_what_is_known_at_the_start() {
    let expected = "order Internal [] 0 links, parent: false\n\
                    charge visa Client [\"cents=4990\"] 1 links, parent: false\n\
                    validate Internal [] 0 links, parent: true\n\
                    validate: by=the sampler thread.id thread.name=orders\n\
                    charge visa: by=the sampler cents=4990 late=true thread.id thread.name=orders\n\
                    order: by=the sampler thread.id thread.name=orders\n";
    assert_eq!(stdout(&probe(&["sampler"], &[])), expected);
}

#[test]
fn an_application_s_own_provider_is_given_everything() {
    let expected = "charge (traced-tests, in order) Client [\"cents=4990\", \"lost=4990\", \"error.type=core::fmt::Error\"] \
                    Error { description: \"an error occurred when formatting an argument\" } [\"exception\"] 0 links\n\
                    elsewhere (traced-tests, in nothing) Internal [] Unset [] 1 links\n\
                    pack (traced-tests, in plain) Internal [] Unset [] 0 links\n\
                    plain (plain API, in order) Internal [] Unset [] 0 links\n\
                    order (traced-tests, in nothing) Server [\"order.id=ord-1\", \"checked=true\", \"charged=7\"] Unset [\"accepted\"] 0 links\n\
                    send (traced-tests, in nothing) Internal [] Unset [] 0 links\n\
                    receive (traced-tests, in send) Internal [] Unset [] 0 links\n\
                    waits (traced-tests, in nothing) Internal [] Unset [\"cancelled\"] 0 links\n\
                    breaks (traced-tests, in nothing) Internal [\"error.type=panic\"] Error { description: \"broken\" } [\"exception\"] 0 links\n";
    assert_eq!(stdout(&probe(&["global-provider"], &[])), expected);
}

#[test]
fn new_traces_say_that_their_ids_are_random_and_others_say_what_they_said() {
    let expected = |unsampled: &str, spans: u8| {
        format!(
            "new: 03\nchild: 03\nplain API: 03\n00: 00\n01: 01\n02: 02\n03: 03\nunsampled: {unsampled}\n\
             {spans} spans started, {spans} exported, 0 dropped, 0 failed\n"
        )
    };
    assert_eq!(stdout(&probe(&["flags"], &[])), expected("03", 6));
    assert_eq!(stdout(&probe(&["flags", "asked"], &[])), expected("02", 5));
}

#[test]
fn the_programs_panic_hook_does_not_hear_of_a_panic_in_a_value() {
    assert_eq!(stdout(&probe(&["panicking-value"], &[])), "heard: and then\n[panicked: broken]\n");
}
