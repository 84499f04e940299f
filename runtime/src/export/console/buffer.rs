//! In: finished spans, children mostly before their parents. Out: groups that are ready to be drawn: whole local trees, late children,
//! orphans. Refuses to hold more than a bounded number of spans, or any for more than a bounded time.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;

/// Why a group is drawn now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ready {
    /// Its local root ended.
    Root,
    /// The tree it belongs to was drawn before it ended.
    Late,
    /// Its parent has not ended within the bounds.
    Orphan,
}

/// Spans held at most.
const MAX_HELD: usize = 10_000;
/// Drawn spans remembered, so that their late children are known as such.
const MAX_DRAWN: usize = 20_000;
/// How long a span waits for its local root.
const MAX_AGE: Duration = Duration::from_mins(5);

type Key = (TraceId, SpanId);

#[derive(Debug, Default)]
pub(crate) struct Buffer {
    /// Waiting spans by trace, with the arrival of the trace's first.
    traces: HashMap<TraceId, (Instant, Vec<SpanData>)>,
    held: usize,
    drawn: HashSet<Key>,
    drawn_order: VecDeque<Key>,
}

impl Buffer {
    /// Takes a batch and returns what is ready, in order of arrival of the traces.
    pub(crate) fn add(&mut self, batch: Vec<SpanData>, now: Instant) -> Vec<(Ready, Vec<SpanData>)> {
        let mut touched = Vec::new();
        for span in batch {
            let trace = span.span_context.trace_id();
            if !touched.contains(&trace) {
                touched.push(trace);
            }
            self.traces.entry(trace).or_insert_with(|| (now, Vec::new())).1.push(span);
            self.held += 1;
        }
        let mut ready = Vec::new();
        for trace in touched {
            self.take_ready(trace, &mut ready);
        }
        self.evict(now, &mut ready);
        ready
    }

    /// Everything that still waits: at shutdown its parents will never end.
    pub(crate) fn drain(&mut self) -> Vec<(Ready, Vec<SpanData>)> {
        self.held = 0;
        let mut waiting: Vec<_> = self.traces.drain().map(|(_, waiting)| waiting).collect();
        waiting.sort_by_key(|(arrival, _)| *arrival);
        waiting.into_iter().map(|(_, spans)| (Ready::Orphan, spans)).collect()
    }

    fn take_ready(&mut self, trace: TraceId, ready: &mut Vec<(Ready, Vec<SpanData>)>) {
        let Some((arrival, spans)) = self.traces.remove(&trace) else { return };
        self.held -= spans.len();
        let tops = self.tops(&spans);
        let mut groups: HashMap<SpanId, (Ready, Vec<SpanData>)> = HashMap::new();
        let mut order = Vec::new();
        let mut waiting = Vec::new();
        for (span, top) in spans.into_iter().zip(tops) {
            let Some((top, reason)) = top else {
                waiting.push(span);
                continue;
            };
            let group = groups.entry(top).or_insert_with(|| {
                order.push(top);
                (reason, Vec::new())
            });
            group.1.push(span);
        }
        for top in order {
            let Some(group) = groups.remove(&top) else { continue };
            for span in &group.1 {
                self.remember(span);
            }
            ready.push(group);
        }
        if !waiting.is_empty() {
            self.held += waiting.len();
            self.traces.insert(trace, (arrival, waiting));
        }
    }

    /// For each span the top of its chain of parents, if that is a local root or hangs under a drawn span; linear, by remembering.
    fn tops(&self, spans: &[SpanData]) -> Vec<Option<(SpanId, Ready)>> {
        let index: HashMap<SpanId, usize> = spans.iter().enumerate().map(|(index, span)| (span.span_context.span_id(), index)).collect();
        let mut known: Vec<Option<Option<(SpanId, Ready)>>> = vec![None; spans.len()];
        for start in 0..spans.len() {
            let mut chain = Vec::new();
            let mut at = start;
            let top = loop {
                if let Some(top) = known[at] {
                    break top;
                }
                // A cycle of parents comes back to itself: nothing will ever complete it.
                known[at] = Some(None);
                chain.push(at);
                let span = &spans[at];
                match index.get(&span.parent_span_id).filter(|_| !is_local_root(span)) {
                    Some(&parent) => at = parent,
                    None => break self.reason(span).map(|reason| (span.span_context.span_id(), reason)),
                }
            };
            for at in chain {
                known[at] = Some(top);
            }
        }
        known.into_iter().map(Option::flatten).collect()
    }

    fn reason(&self, top: &SpanData) -> Option<Ready> {
        let parent = (top.span_context.trace_id(), top.parent_span_id);
        match () {
            () if is_local_root(top) => Some(Ready::Root),
            () if self.drawn.contains(&parent) => Some(Ready::Late),
            () => None,
        }
    }

    fn remember(&mut self, span: &SpanData) {
        let key = (span.span_context.trace_id(), span.span_context.span_id());
        if self.drawn.insert(key) {
            self.drawn_order.push_back(key);
        }
        if self.drawn_order.len() > MAX_DRAWN {
            let oldest = self.drawn_order.pop_front();
            oldest.map(|oldest| self.drawn.remove(&oldest));
        }
    }

    fn evict(&mut self, now: Instant, ready: &mut Vec<(Ready, Vec<SpanData>)>) {
        let old = |arrival: &Instant| now.duration_since(*arrival) > MAX_AGE;
        if self.held <= MAX_HELD && !self.traces.values().any(|(arrival, _)| old(arrival)) {
            return;
        }
        let mut by_age: Vec<(Instant, TraceId)> = self.traces.iter().map(|(trace, (arrival, _))| (*arrival, *trace)).collect();
        by_age.sort_by_key(|(arrival, _)| *arrival);
        for (arrival, trace) in by_age {
            if self.held <= MAX_HELD && !old(&arrival) {
                break;
            }
            let Some((_, spans)) = self.traces.remove(&trace) else { continue };
            self.held -= spans.len();
            for span in &spans {
                self.remember(span);
            }
            ready.push((Ready::Orphan, spans));
        }
    }
}

fn is_local_root(span: &SpanData) -> bool {
    span.parent_span_id == SpanId::INVALID || span.parent_span_is_remote
}
