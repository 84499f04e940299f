//! Whether a span is recorded: the parent's flag where the sampler follows it, else the sampler's word.

use super::{Engine, Home};
use crate::config::Decision;
use opentelemetry::KeyValue;
use opentelemetry::trace::{SpanContext, TraceState};
use opentelemetry_sdk::trace::{SamplingDecision, SamplingResult, ShouldSample};

#[derive(Debug)]
pub(crate) enum Verdict {
    Drop(TraceState),
    Record {
        /// Not sampled is recorded for the process alone, and exported only if it is held and then kept.
        sampled: bool,
        /// Recorded although the sampler dropped it, for `keep`.
        held: bool,
        state: TraceState,
        attributes: Vec<KeyValue>,
    },
}

impl Verdict {
    fn of(sampled: bool, parent: &SpanContext) -> Self {
        let state = parent.trace_state().clone();
        if sampled { Self::Record { sampled, held: false, state, attributes: Vec::new() } } else { Self::Drop(state) }
    }
}

/// What is done with a span: with `keep`, one that the sampler drops is recorded and held.
pub(crate) fn decide(home: &Home, parent: &SpanContext, ask: impl FnOnce(&dyn ShouldSample) -> SamplingResult) -> Verdict {
    match (sample(home, parent, ask), Engine::get()) {
        (Verdict::Drop(state), Some(Engine { keep: Some(_), .. })) => {
            Verdict::Record { sampled: false, held: true, state, attributes: Vec::new() }
        }
        (verdict, _) => verdict,
    }
}

/// `ask` is called only if neither the parent nor the configuration decides.
fn sample(home: &Home, parent: &SpanContext, ask: impl FnOnce(&dyn ShouldSample) -> SamplingResult) -> Verdict {
    let engine = match home {
        Home::Capture(_) => return Verdict::of(true, parent),
        Home::Engine => Engine::get(),
    };
    let Some(engine) = engine else { return Verdict::of(false, parent) };
    if engine.follows_parent && parent.is_valid() {
        return Verdict::of(parent.is_sampled(), parent);
    }
    match &engine.decision {
        Decision::Always => Verdict::of(true, parent),
        Decision::Never => Verdict::of(false, parent),
        Decision::Ask(sampler) => {
            let SamplingResult { decision, attributes, trace_state: state } = ask(&**sampler);
            match decision {
                SamplingDecision::Drop => Verdict::Drop(state),
                SamplingDecision::RecordOnly => Verdict::Record { sampled: false, held: false, state, attributes },
                SamplingDecision::RecordAndSample => Verdict::Record { sampled: true, held: false, state, attributes },
            }
        }
    }
}
