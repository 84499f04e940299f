//! A library that only annotates: every form that the attribute knows, without the engine. The test `slim` compiles it alone.

#![allow(missing_docs, clippy::needless_pass_by_value)]

use futures_core::Stream;
use std::collections::HashMap;
use std::error::Error;
use std::future::{Future, ready};
use std::pin::Pin;
use traced::messaging::{Carrier, Description, Message, Outgoing};
use traced::opentelemetry::Context;
use traced::opentelemetry::trace::SpanContext;
use traced::traced;

type Headers = HashMap<String, String>;

#[traced(name = format!("add {left}"), kind = client, args, ret, when = left > right, scope = "sums")]
pub fn add(#[attr("left.side")] left: u32, right: u32) -> u32 {
    traced::record!(sum = left + right);
    traced::event!("added", by = "hand");
    let mut span = traced::span!("by hand", kind = client);
    span.in_scope(|| traced::bind(|| left + right)())
}

#[traced(attributes(text.length = text.len()), ret(first = ret.is_some()), none = error)]
pub fn first(text: &str) -> Option<char> {
    text.chars().next()
}

#[traced(err(if = |error| error.to_string().is_empty(), text = %err))]
pub async fn parses(text: &str) -> Result<u32, Box<dyn Error + Send + Sync>> {
    ready(()).await;
    Ok(text.parse()?)
}

#[traced]
pub fn later(text: &str) -> impl Future<Output = Result<u32, Box<dyn Error>>> {
    async move { Ok(text.parse()?) }
}

#[traced(err(ignore))]
pub fn boxed(number: u32) -> Pin<Box<dyn Future<Output = Result<u32, String>> + Send>> {
    Box::pin(ready(Ok(number)))
}

#[traced]
pub fn passes_on(numbers: impl Stream<Item = u32>) -> impl Stream<Item = u32> {
    numbers
}

#[traced(leaf)]
impl Letter {
    pub fn length(&self) -> usize {
        self.text.len()
    }
}

#[traced(parent = context, links = others)]
pub fn adopted(context: &Context, others: &[SpanContext]) {}

#[traced(root(link), into = headers)]
pub fn apart(headers: &mut Headers) {
    traced::inject(headers);
}

#[traced(from = headers, link = traced::extract(headers))]
pub fn follows(headers: &Headers) {}

#[traced(current)]
pub fn inside(error: &std::fmt::Error) {
    traced::record_error(error);
    traced::rename("outside");
    let _ = (traced::trace_id(), traced::span_id());
}

#[traced(consumer(letter))]
pub fn receives(letter: &Letter) {}

#[traced(producer(letter))]
pub async fn sends(letter: &mut Letter) {
    ready(()).await;
}

#[derive(Debug, Default)]
pub struct Letter {
    pub headers: Headers,
    pub text: String,
}

impl Message for Letter {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.headers)
    }

    fn description(&self) -> Description<'_> {
        Description::new("post", "letters")
    }
}

impl Outgoing for Letter {
    fn description(&self) -> Description<'_> {
        Message::description(self)
    }

    fn inject(&mut self, context: &Context) {
        traced::propagation::inject_context(context, &mut self.headers);
    }
}
