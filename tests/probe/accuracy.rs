//! Times of spans against the system's clock. In: for how many seconds. Every span is opened and closed between two readings of that
//! clock; what is printed is how far its exported times lie outside of them, by the span's length, and how far a child begins before its
//! parent or ends after it, or a span begins before the one that ended before it.

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};
use traced::opentelemetry::SpanId;
use traced::sdk::trace::SpanData;
use traced::{Batch, Exporter, WhenFull};

/// The promise: no time is further from the system's clock.
const MOST: Duration = Duration::from_millis(1);

/// The system's clock around the start and the end of a span.
struct Noted {
    start: (SystemTime, SystemTime),
    end: (SystemTime, SystemTime),
}

type Notes = HashMap<SpanId, Noted>;

/// `accuracy SECONDS`.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> ExitCode {
    let seconds = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    let memory = Exporter::memory();
    let batch = Batch { scheduled_delay: Duration::from_millis(500), when_full: WhenFull::Block, ..Batch::default() };
    let tracing = traced::builder().exporter(memory.clone()).batch(batch).install().expect("tracing starts");
    let until = Instant::now() + Duration::from_secs(seconds);
    let run = |lengths: &'static [u64]| {
        move || {
            let mut notes = Notes::new();
            while Instant::now() < until {
                nested(lengths, until, &mut notes);
            }
            notes
        }
    };
    let notes: Notes = std::thread::scope(|scope| {
        let threads = [scope.spawn(run(&[u64::MAX, 60_000, 1_000, 20])), scope.spawn(run(&[10_000, 100, 5]))];
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    println!("{}", tracing.shutdown(Duration::from_secs(5)).expect("everything is sent"));
    let spans = memory.finished_spans();
    let outside = against_the_clock(&spans, &notes);
    let disorder = against_each_other(&spans);
    println!("child outside of its parent by {:?}, sibling before the one before it by {:?} at the most", disorder.0, disorder.1);
    if spans.len() == notes.len() && outside <= MOST && disorder == (Duration::ZERO, Duration::ZERO) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A span as long as the first of `lengths`, in milliseconds, with spans of the other lengths inside.
fn nested(lengths: &[u64], most: Instant, notes: &mut Notes) {
    let Some((length, inner)) = lengths.split_first() else { return };
    let until = Instant::now().checked_add(Duration::from_millis(*length)).unwrap_or(most).min(most);
    let before = SystemTime::now();
    let mut span = traced::span!("span");
    let after = SystemTime::now();
    let id = span.in_scope(|| {
        while Instant::now() < until {
            if inner.is_empty() {
                std::thread::sleep(until.saturating_duration_since(Instant::now()));
            } else {
                nested(inner, until, notes);
            }
        }
        traced::span_id().expect("inside a span")
    });
    let before_end = SystemTime::now();
    drop(span);
    notes.insert(id, Noted { start: (before, after), end: (before_end, SystemTime::now()) });
}

/// Prints, for spans of each length, how far start and end lie outside of what was noted. Returns the most.
fn against_the_clock(spans: &[SpanData], notes: &Notes) -> Duration {
    let mut most = Duration::ZERO;
    let mut shorter_than = Duration::from_millis(10);
    let mut from = Duration::ZERO;
    while from < Duration::from_hours(1) {
        let length = |span: &&SpanData| (from..shorter_than).contains(&beyond(span.end_time, span.start_time));
        let these: Vec<_> = spans.iter().filter(length).filter_map(|span| Some((span, notes.get(&span.span_context.span_id())?))).collect();
        let start = these.iter().map(|(span, noted)| outside(span.start_time, noted.start)).max().unwrap_or_default();
        let end = these.iter().map(|(span, noted)| outside(span.end_time, noted.end)).max().unwrap_or_default();
        if !these.is_empty() {
            println!("{:>7} spans of {from:?} to {shorter_than:?}: start off by {start:?}, end off by {end:?} at the most", these.len());
        }
        most = most.max(start).max(end);
        (from, shorter_than) = (shorter_than, shorter_than * 10);
    }
    most
}

/// How far children lie outside of their parents, and how far a span begins before the end of its predecessor.
fn against_each_other(spans: &[SpanData]) -> (Duration, Duration) {
    let by_id: HashMap<_, _> = spans.iter().map(|span| (span.span_context.span_id(), span)).collect();
    let mut children: HashMap<SpanId, Vec<&SpanData>> = HashMap::new();
    let mut escaped = Duration::ZERO;
    // In the order of their ends on one thread: that is how they arrive.
    for span in spans {
        if let Some(parent) = by_id.get(&span.parent_span_id) {
            escaped = escaped.max(beyond(parent.start_time, span.start_time)).max(beyond(span.end_time, parent.end_time));
            children.entry(span.parent_span_id).or_default().push(span);
        }
    }
    let overlap =
        |siblings: &Vec<&SpanData>| siblings.windows(2).map(|pair| beyond(pair[0].end_time, pair[1].start_time)).max().unwrap_or_default();
    (escaped, children.values().map(overlap).max().unwrap_or_default())
}

fn outside(time: SystemTime, (earliest, latest): (SystemTime, SystemTime)) -> Duration {
    beyond(earliest, time).max(beyond(time, latest))
}

/// How much later `one` is than `other`.
fn beyond(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other).unwrap_or_default()
}
