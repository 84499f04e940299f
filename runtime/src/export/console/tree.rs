//! In: spans in any order. Out: [`Tree`], in which each span hangs under its parent and siblings follow their start. Refuses nothing: a
//! span whose parent is not among the others is a root, and so is one of each cycle.

use std::collections::HashMap;

use opentelemetry::trace::{SpanId, TraceId};
use opentelemetry_sdk::trace::SpanData;

/// Spans and who hangs under whom, by index: a tree of boxes would overflow the stack at 100 000 nested calls.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    spans: Vec<SpanData>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
}

/// One span on the walk through a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) span: &'a SpanData,
    /// For each level from the root's children down to this span: whether it is the last of its siblings there. Empty for a root.
    pub(crate) last: &'a [bool],
    pub(crate) has_children: bool,
}

type Key = (TraceId, SpanId);

fn key(span: &SpanData) -> Key {
    (span.span_context.trace_id(), span.span_context.span_id())
}

impl Tree {
    pub(crate) fn build(mut spans: Vec<SpanData>) -> Self {
        spans.sort_by_key(|span| span.start_time);
        let index: HashMap<Key, usize> = spans.iter().enumerate().map(|(index, span)| (key(span), index)).collect();
        let mut tree = Self { children: vec![Vec::new(); spans.len()], roots: Vec::new(), spans };
        for (child, span) in tree.spans.iter().enumerate() {
            match index.get(&(span.span_context.trace_id(), span.parent_span_id)) {
                Some(&parent) if parent != child => tree.children[parent].push(child),
                _ => tree.roots.push(child),
            }
        }
        tree.cut_cycles();
        tree
    }

    /// Every span, parents before their children.
    pub(crate) fn visit(&self, mut row: impl FnMut(Row<'_>)) {
        let mut last = Vec::new();
        let mut open: Vec<(usize, usize, bool)> = self.roots.iter().rev().map(|root| (*root, 0, true)).collect();
        while let Some((index, depth, is_last)) = open.pop() {
            last.truncate(depth.saturating_sub(1));
            if depth > 0 {
                last.push(is_last);
            }
            let children = &self.children[index];
            row(Row { span: &self.spans[index], last: &last, has_children: !children.is_empty() });
            let below = children.iter().rev().enumerate().map(|(from_end, child)| (*child, depth + 1, from_end == 0));
            open.extend(below);
        }
    }

    /// Foreign or damaged data may hold spans that are each other's parents.
    fn cut_cycles(&mut self) {
        let mut reached = vec![false; self.spans.len()];
        self.reach(self.roots.clone(), &mut reached);
        for index in 0..self.spans.len() {
            if reached[index] {
                continue;
            }
            self.children.iter_mut().for_each(|children| children.retain(|child| *child != index));
            self.roots.push(index);
            self.reach(vec![index], &mut reached);
        }
    }

    fn reach(&self, mut open: Vec<usize>, reached: &mut [bool]) {
        while let Some(index) = open.pop() {
            reached[index] = true;
            open.extend(self.children[index].iter().filter(|child| !reached[**child]));
        }
    }
}
