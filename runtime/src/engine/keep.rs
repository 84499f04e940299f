//! `keep`: the spans of traces that the sampler dropped, held until their local root has ended, then exported or forgotten.
//! In: unsampled spans in any order. Out: those of local traces that failed or were slow. What is over the budget is forgotten, oldest
//! traces first, and counted as dropped.

use super::stats::Counters;
use super::weight;
use crate::config::Keep;
use core::time::Duration;
use opentelemetry::trace::{SpanId, Status, TraceId};
use opentelemetry_sdk::trace::SpanData;
use std::collections::{HashMap, HashSet, VecDeque};

/// Passes after which a span that no root has claimed follows what was decided for its trace.
const PATIENCE: u8 = 2;
/// Traces whose decision is remembered for late spans.
const REMEMBERED: usize = 4096;

#[derive(Debug)]
pub(crate) struct Keeper {
    rule: Keep,
    traces: HashMap<TraceId, Held>,
    /// The traces above, oldest first.
    order: VecDeque<TraceId>,
    /// Of all of them.
    spans: usize,
    bytes: usize,
    decided: HashMap<TraceId, bool>,
    decided_order: VecDeque<TraceId>,
}

/// The undecided spans of one trace.
#[derive(Debug, Default)]
struct Held {
    spans: Vec<SpanData>,
    bytes: usize,
    passes: u8,
}

impl Keeper {
    pub(crate) fn new(rule: Keep) -> Self {
        Self {
            rule,
            traces: HashMap::new(),
            order: VecDeque::new(),
            spans: 0,
            bytes: 0,
            decided: HashMap::new(),
            decided_order: VecDeque::new(),
        }
    }

    /// Holds a span that ended; over the budget the oldest trace is forgotten.
    pub(crate) fn hold(&mut self, span: SpanData, counters: &Counters) {
        let id = span.span_context.trace_id();
        let held = self.traces.entry(id).or_insert_with(|| {
            self.order.push_back(id);
            Held::default()
        });
        let bytes = weight::bytes(&span);
        held.spans.push(span);
        held.bytes += bytes;
        self.spans += 1;
        self.bytes += bytes;
        while self.spans > self.rule.budget || self.bytes > self.rule.budget_bytes {
            let Some(oldest) = self.order.pop_front() else { return };
            let Some(forgotten) = self.traces.remove(&oldest) else { continue };
            self.spans -= forgotten.spans.len();
            self.bytes -= forgotten.bytes;
            counters.dropped(forgotten.spans.len());
        }
    }

    /// Whether decisions should not wait for the scheduled delay.
    pub(crate) fn is_pressed(&self) -> bool {
        self.spans > self.rule.budget / 2 || self.bytes > self.rule.budget_bytes / 2
    }

    /// Decides every local trace whose root has ended. To be called when all that ended before has been seen. With `last`, what is
    /// still undecided follows its trace, or is forgotten.
    pub(crate) fn decide(&mut self, last: bool, counters: &Counters, mut keep: impl FnMut(SpanData)) {
        let mut forgotten = 0;
        (self.spans, self.bytes) = (0, 0);
        for id in core::mem::take(&mut self.order) {
            let Some(mut held) = self.traces.remove(&id) else { continue };
            for root in held.roots() {
                let local = held.claim(root);
                let kept = self.rule.matches(&local);
                self.remember(id, kept);
                forgotten += settle(kept, local, &mut keep);
            }
            held.passes += 1;
            if last || (held.passes > PATIENCE && self.decided.contains_key(&id)) {
                let kept = self.decided.get(&id).copied().unwrap_or(false);
                forgotten += settle(kept, core::mem::take(&mut held.spans), &mut keep);
            }
            if !held.spans.is_empty() {
                self.spans += held.spans.len();
                self.bytes += held.bytes;
                self.order.push_back(id);
                self.traces.insert(id, held);
            }
        }
        counters.unsampled(forgotten);
    }

    fn remember(&mut self, id: TraceId, kept: bool) {
        let known = self.decided.entry(id).or_insert_with(|| {
            self.decided_order.push_back(id);
            false
        });
        *known |= kept;
        if self.decided_order.len() > REMEMBERED
            && let Some(oldest) = self.decided_order.pop_front()
        {
            self.decided.remove(&oldest);
        }
    }
}

/// Exports the spans, or returns how many are forgotten.
fn settle(kept: bool, spans: Vec<SpanData>, keep: &mut impl FnMut(SpanData)) -> usize {
    if kept {
        spans.into_iter().for_each(keep);
        0
    } else {
        spans.len()
    }
}

impl Keep {
    /// `local`: a local root, first, and the spans beneath it.
    fn matches(&self, local: &[SpanData]) -> bool {
        let failed = self.errors && local.iter().any(|span| matches!(span.status, Status::Error { .. }));
        let slow = |most: Duration| local.first().is_some_and(|root| duration(root) >= most);
        failed || self.slower_than.is_some_and(slow)
    }
}

fn duration(span: &SpanData) -> Duration {
    span.end_time.duration_since(span.start_time).unwrap_or_default()
}

fn is_local_root(span: &SpanData) -> bool {
    span.parent_span_is_remote || span.parent_span_id == SpanId::INVALID
}

impl Held {
    fn roots(&self) -> Vec<SpanId> {
        self.spans.iter().filter(|span| is_local_root(span)).map(|span| span.span_context.span_id()).collect()
    }

    /// Takes out `root` and everything beneath it; the root comes first.
    fn claim(&mut self, root: SpanId) -> Vec<SpanData> {
        let mut beneath = HashSet::from([root]);
        let mut children: HashMap<SpanId, Vec<SpanId>> = HashMap::new();
        for span in self.spans.iter().filter(|span| !is_local_root(span)) {
            children.entry(span.parent_span_id).or_default().push(span.span_context.span_id());
        }
        let mut open = vec![root];
        while let Some(parent) = open.pop() {
            for child in children.remove(&parent).unwrap_or_default() {
                beneath.insert(child);
                open.push(child);
            }
        }
        let (mut local, rest): (Vec<_>, Vec<_>) = self.spans.drain(..).partition(|span| beneath.contains(&span.span_context.span_id()));
        self.spans = rest;
        self.bytes -= local.iter().map(weight::bytes).sum::<usize>();
        local.sort_by_key(|span| span.span_context.span_id() != root);
        local
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::{context, span};
    use opentelemetry::KeyValue;

    /// A span of a trace of its own, not its root, with so much text.
    fn waiting(trace: u128, text: usize) -> SpanData {
        let mut span = span(2, 1, "waiting", (0, 1));
        span.span_context = context(trace, 2);
        span.attributes.push(KeyValue::new("text", "x".repeat(text)));
        span
    }

    fn held(keeper: &Keeper) -> Vec<u128> {
        keeper.order.iter().map(|id| u128::from_be_bytes(id.to_bytes())).collect()
    }

    #[test]
    fn over_either_budget_the_oldest_traces_are_forgotten_and_counted() {
        let counters = Counters::default();
        let mut keeper = Keeper::new(Keep::errors().budget(3).budget_bytes(10_000));
        for trace in 1..=3 {
            keeper.hold(waiting(trace, 2000), &counters);
        }
        assert_eq!(held(&keeper), [1, 2, 3]);
        keeper.hold(waiting(4, 0), &counters);
        assert_eq!((held(&keeper), counters.read(|| 0).dropped), (vec![2, 3, 4], 1), "more than three spans");
        keeper.hold(waiting(3, 7000), &counters);
        assert_eq!((held(&keeper), counters.read(|| 0).dropped), (vec![4], 4), "more than ten thousand bytes");
        keeper.hold(waiting(5, 20_000), &counters);
        assert_eq!((held(&keeper), counters.read(|| 0).dropped), (vec![], 6), "more in one span than all may have");
        assert_eq!((keeper.spans, keeper.bytes), (0, 0));
    }

    #[test]
    fn what_is_decided_counts_no_more() {
        let counters = Counters::default();
        let mut keeper = Keeper::new(Keep::errors());
        keeper.hold(waiting(1, 1000), &counters);
        keeper.hold(waiting(2, 500), &counters);
        let mut beside = waiting(1, 700);
        (beside.span_context, beside.parent_span_id) = (context(1, 3), SpanId::from(9));
        let left = weight::bytes(&waiting(2, 500)) + weight::bytes(&beside);
        keeper.hold(beside, &counters);
        let mut root = span(1, 0, "root", (0, 1));
        root.span_context = context(1, 1);
        keeper.hold(root, &counters);
        keeper.decide(false, &counters, |_| unreachable!("nothing failed"));
        assert_eq!((held(&keeper), keeper.spans, keeper.bytes), (vec![1, 2], 2, left));
        keeper.decide(true, &counters, |_| unreachable!("nothing failed"));
        assert_eq!((keeper.spans, keeper.bytes, counters.read(|| 0).unsampled), (0, 0, 4));
    }
}
