//! The two traits a message type implements: [`Message`] for one that was received, [`Outgoing`] for one about to be sent.

use super::Description;
use crate::propagation::{Extract, extract_into};
use core::fmt;
use opentelemetry::Context;
use opentelemetry::propagation::Extractor;
use opentelemetry::trace::{SpanContext, TraceContextExt as _};
use std::rc::Rc;
use std::sync::Arc;

/// A received message: where its context is, and what it says of itself.
///
/// ```
/// use std::collections::HashMap;
/// use traced::messaging::{Carrier, Description, Message};
///
/// struct OrderCreated { headers: HashMap<String, String>, id: String, body: Vec<u8> }
///
/// impl Message for OrderCreated {
///     fn carrier(&self) -> Carrier<'_> {
///         Carrier::new(&self.headers)
///     }
///     fn description(&self) -> Description<'_> {
///         Description::new("in-process", "orders").id(self.id.as_str()).body_size(self.body.len())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message",
    label = "expected a type that implements `traced::messaging::Message`, or a slice or `Vec` of one",
    note = "implement `traced::messaging::Message` for `{Self}`: `carrier` (its headers) and `description` (system and destination)",
    note = "the messages of rdkafka, rskafka, lapin and async-nats implement it with the feature of that name"
)]
pub trait Message {
    /// The headers that carry the producer's context.
    fn carrier(&self) -> Carrier<'_>;
    /// The messaging system, the destination, and whatever else is known.
    fn description(&self) -> Description<'_>;
}

/// A message about to be sent: what it says of itself, and where the context is written.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a message that can be published",
    label = "expected a type that implements `traced::messaging::Outgoing`",
    note = "implement `traced::messaging::Outgoing` for `{Self}`: `description` (system and destination) and `inject` (its headers)"
)]
pub trait Outgoing {
    /// The messaging system, the destination, and whatever else is known.
    fn description(&self) -> Description<'_>;
    /// The headers, where they may already hold a creation context: that one is kept, the span is linked to it and writes none.
    fn carrier(&self) -> Carrier<'_> {
        Carrier::none()
    }
    /// Writes the span's context into the message's headers, with [`traced::propagation::inject_context`](crate::propagation::inject_context).
    fn inject(&mut self, context: &Context);
}

/// The headers of a message, borrowed, whatever their type.
pub struct Carrier<'a>(Box<dyn Fn(&Context) -> Context + 'a>);

impl<'a> Carrier<'a> {
    /// Borrows a carrier of any kind that [`extract`](crate::extract) reads.
    pub fn new<Via>(carrier: &'a (impl Extract<Via> + ?Sized)) -> Self {
        Self(Box::new(move |base| extract_into(carrier, base)))
    }

    /// The same, of an extractor that only borrows.
    pub(crate) fn reading(extractor: impl Extractor + 'a) -> Self {
        Self(Box::new(move |base| extract_into(&extractor, base)))
    }

    /// A message that never left the process and holds the sender's context as it is.
    pub fn context(context: &'a Context) -> Self {
        Self(Box::new(|_| context.clone()))
    }

    /// A message without headers.
    pub fn none() -> Self {
        Self(Box::new(Context::clone))
    }

    /// The context it carries, upon `base`.
    pub(crate) fn extract(&self, base: &Context) -> Context {
        (self.0)(base)
    }

    /// The creation context it carries.
    pub(crate) fn created(&self) -> Option<SpanContext> {
        let context = self.extract(&Context::new());
        let span = context.span();
        Some(span.span_context()).filter(|created| created.is_valid()).cloned()
    }
}

impl fmt::Debug for Carrier<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Carrier").finish_non_exhaustive()
    }
}

macro_rules! message_behind {
    ($($pointer:ty),*) => {
        $(impl<M: Message + ?Sized> Message for $pointer {
            fn carrier(&self) -> Carrier<'_> {
                (**self).carrier()
            }
            fn description(&self) -> Description<'_> {
                (**self).description()
            }
        })*
    };
}

message_behind!(&M, &mut M, Box<M>, Rc<M>, Arc<M>);

impl<M: Outgoing + ?Sized> Outgoing for &mut M {
    fn description(&self) -> Description<'_> {
        (**self).description()
    }
    fn carrier(&self) -> Carrier<'_> {
        (**self).carrier()
    }
    fn inject(&mut self, context: &Context) {
        (**self).inject(context);
    }
}
