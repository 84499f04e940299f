//! `consumer(MSG)`: a handler's span. One message: in the producer's trace, with a link to it. A batch: one span, a link to every message.

use super::{Description, Message};
use crate::span::{Parent, Start, thread};
use opentelemetry::Context;
use opentelemetry::trace::{Link, SpanContext, TraceContextExt as _};

/// What a handler can be given: a [`Message`], an `Option` of one, or a batch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "expected a type that implements `traced::messaging::Message`, or a slice or `Vec` of one",
    note = "implement `traced::messaging::Message` for `{Self}`: `carrier` (its headers) and `description` (system and destination)",
    note = "the messages of rdkafka, rskafka, lapin and async-nats implement it with the feature of that name"
)]
pub trait Consumed {
    /// Gives the handler's span its place and its attributes.
    #[allow(private_interfaces)] // sealed by it
    fn consume(&self, handling: &mut Handling<'_, '_>);
}

/// A handler's span about to start.
pub(crate) struct Handling<'s, 'a> {
    pub(crate) start: &'s mut Start<'a>,
    /// `consumer(MSG, link)`: the span stays in its own trace.
    pub(crate) link_only: bool,
}

#[allow(private_interfaces)]
impl<M: Message> Consumed for M {
    fn consume(&self, handling: &mut Handling<'_, '_>) {
        handling.one(self);
    }
}

#[allow(private_interfaces)]
impl<M: Message> Consumed for Option<M> {
    fn consume(&self, handling: &mut Handling<'_, '_>) {
        if let Some(message) = self {
            handling.one(message);
        }
    }
}

macro_rules! batches {
    ($([$($generics:tt)*] $batch:ty),*) => {
        $(#[allow(private_interfaces)]
        impl<M: Message, $($generics)*> Consumed for $batch {
            fn consume(&self, handling: &mut Handling<'_, '_>) {
                handling.batch(&self[..]);
            }
        })*
    };
}

batches!([] [M], [] &[M], [] &mut [M], [] Vec<M>, [] &Vec<M>, [] Box<[M]>, [const N: usize] [M; N], [const N: usize] &[M; N]);

impl Handling<'_, '_> {
    fn one(&mut self, message: &impl Message) {
        let current = thread::context();
        let context = message.carrier().extract(&current);
        let created = created_in(&context, &current);
        if let Some(created) = created {
            let ambient = current.span().span_context().clone();
            if !self.link_only {
                self.start.push_link(ambient);
                self.start.parent = Parent::Given(context);
            }
            self.start.push_link(created);
        }
        message.description().write(self.start, "process", "process");
    }

    fn batch<M: Message>(&mut self, messages: &[M]) {
        let mut shared: Option<Description<'_>> = None;
        for message in messages {
            let description = message.description();
            if let Some(created) = message.carrier().created() {
                self.start.links.push(Link::new(created, description.link_attributes(), 0));
            }
            shared = Some(match shared {
                Some(first) if !first.same_place(&description) => first.anywhere(),
                Some(first) => first,
                None => description,
            });
        }
        if let Some(shared) = shared {
            shared.write_shared(self.start, "process", "process");
        }
        self.start.known.value("messaging.batch.message_count", i64::try_from(messages.len()).unwrap_or(i64::MAX).into());
    }
}

/// The creation context that a message brought, if it brought one.
fn created_in(context: &Context, base: &Context) -> Option<SpanContext> {
    let span = context.span();
    let created = span.span_context();
    (created.is_valid() && created != base.span().span_context()).then(|| created.clone())
}
