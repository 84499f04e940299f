//! Many spans from eight threads to an exporter that is slower than they are: what arrived, what was dropped, and the memory that took.
//! In: how many spans, and `block` or `drop`. Fails where a span is unaccounted for, or memory goes beyond the bound it prints.

use crate::memory;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use traced::opentelemetry::Value;
use traced::sdk::error::OTelSdkResult;
use traced::sdk::trace::{SpanData, SpanExporter};
use traced::{Batch, Exporter, WhenFull, traced};

const THREADS: u64 = 8;
/// A root and its children.
const TRACE: u64 = 10;
/// How long the exporter takes for 512 spans: a quarter of a million a second, where eight threads end millions.
const EXPORT: Duration = Duration::from_millis(2);
/// Memory of a waiting span at the most, its attributes and its share of buffers included.
const SPAN: u64 = 512;
/// Memory of a thread at the most: what it touches of its stack, its arena, and the spans it keeps to use again.
const THREAD: u64 = 128 * 1024;

/// `flood SPANS block|drop`.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> ExitCode {
    let spans: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(80_000);
    let when_full = if arguments.next().as_deref() == Some("drop") { WhenFull::Drop } else { WhenFull::Block };
    let batch = Batch { when_full, ..Batch::default() };
    let slow = Slow::default();
    let received = Arc::clone(&slow.0);
    let tracing = traced::builder().exporter(Exporter::custom(slow)).batch(batch.clone()).install().expect("tracing starts");
    let before = memory("VmRSS:");
    let started = Instant::now();
    let traces = spans / TRACE / THREADS;
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || (thread * traces..(thread + 1) * traces).for_each(order));
        }
    });
    let report = tracing.shutdown(Duration::from_mins(1)).expect("everything is sent");
    let took = started.elapsed();
    println!("{report} in {took:.1?}, {when_full:?}");
    let bound = before + (batch.max_queue_size as u64 + 2 * batch.max_export_batch_size as u64) * SPAN + THREADS * THREAD;
    let peak = memory("VmHWM:");
    println!("memory: {} KiB before, {} KiB at the peak, bound {} KiB", before / 1024, peak / 1024, bound / 1024);
    let whole =
        when_full == WhenFull::Drop || (report.dropped == 0 && received.numbers.load(Ordering::Relaxed) == triangle(traces * THREADS));
    let accounted = report.started == traces * THREADS * TRACE && report.exported + report.dropped == report.started && report.failed == 0;
    let counted = received.spans.load(Ordering::Relaxed) == report.exported;
    if whole && accounted && counted && peak <= bound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[traced(attributes(order.number = number, order.id = "ord-1", customer = %"Ada"))]
fn order(number: u64) {
    for _ in 1..TRACE {
        step();
    }
}

#[traced]
fn step() {}

/// The sum of all numbers below `count`.
fn triangle(count: u64) -> u64 {
    count * (count - 1) / 2
}

#[derive(Debug, Default)]
struct Slow(Arc<Received>);

/// Counted here, beside the engine's own counts; each order has its number, so that a lost one and a doubled one do not make up for each other.
#[derive(Debug, Default)]
struct Received {
    spans: AtomicU64,
    numbers: AtomicU64,
}

impl SpanExporter for Slow {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        std::thread::sleep(EXPORT);
        self.0.spans.fetch_add(batch.len() as u64, Ordering::Relaxed);
        for attribute in batch.iter().flat_map(|span| &span.attributes).filter(|attribute| attribute.key.as_str() == "order.number") {
            if let Value::I64(number) = attribute.value {
                self.0.numbers.fetch_add(number.unsigned_abs(), Ordering::Relaxed);
            }
        }
        Ok(())
    }
}
