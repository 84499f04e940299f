//! In: spans per second. Out: a sampler that lets that many through: a leaky bucket kept in one atomic, as a point in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use opentelemetry::trace::{Link, SpanKind, TraceContextExt, TraceId};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::trace::{SamplingDecision, SamplingResult, ShouldSample};

/// Samples while the bucket has room; clones share the bucket.
#[derive(Clone, Debug)]
pub(crate) struct RateLimited {
    bucket: Arc<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    begin: Instant,
    /// Nanoseconds that one span uses up.
    cost: u64,
    /// Nanoseconds that can be saved up: a second, or one span if that is more.
    burst: u64,
    /// The moment, in nanoseconds since `begin`, up to which the rate has been used.
    used: AtomicU64,
}

impl RateLimited {
    pub(crate) fn per_second(rate: f64) -> Self {
        const SECOND: u64 = 1_000_000_000;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the rate is positive; the cast saturates")]
        let cost = ((1e9 / rate) as u64).clamp(1, u64::MAX / 4);
        let bucket = Bucket { begin: Instant::now(), cost, burst: cost.max(SECOND), used: AtomicU64::new(0) };
        Self { bucket: Arc::new(bucket) }
    }
}

impl Bucket {
    /// `now` counts from the moment at which the bucket was full.
    fn take(&self, now: u64) -> bool {
        let earliest = now.saturating_sub(self.burst);
        let spend = |used: u64| Some(used.max(earliest).saturating_add(self.cost)).filter(|used| *used <= now);
        self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).is_ok()
    }

    fn now(&self) -> u64 {
        let elapsed = u64::try_from(self.begin.elapsed().as_nanos()).unwrap_or(u64::MAX);
        elapsed.saturating_add(self.burst)
    }
}

impl ShouldSample for RateLimited {
    fn should_sample(
        &self,
        parent_context: Option<&Context>,
        _trace_id: TraceId,
        _name: &str,
        _span_kind: &SpanKind,
        _attributes: &[KeyValue],
        _links: &[Link],
    ) -> SamplingResult {
        let sampled = self.bucket.take(self.bucket.now());
        SamplingResult {
            decision: if sampled { SamplingDecision::RecordAndSample } else { SamplingDecision::Drop },
            attributes: Vec::new(),
            trace_state: parent_context
                .filter(|context| context.has_active_span())
                .map(|context| context.span().span_context().trace_state().clone())
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn lets_a_burst_of_one_second_through_and_then_the_rate() {
        let bucket = RateLimited::per_second(10.0).bucket;
        let full = SECOND;
        assert_eq!((0..100).filter(|_| bucket.take(full)).count(), 10);
        assert!(!bucket.take(full + SECOND / 20));
        assert!(bucket.take(full + SECOND / 10));
        assert_eq!((0..100).filter(|_| bucket.take(full + 60 * SECOND)).count(), 10);
    }

    #[test]
    fn a_rate_below_one_a_second_still_lets_the_first_through() {
        let bucket = RateLimited::per_second(0.1).bucket;
        assert!(bucket.take(10 * SECOND));
        assert!(!bucket.take(15 * SECOND));
        assert!(bucket.take(20 * SECOND));
    }
}
