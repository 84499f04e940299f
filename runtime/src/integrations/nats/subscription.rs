//! A traced subscription: its messages know their queue group.

use crate::messaging::{Carrier, Description, Message};
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use std::sync::Arc;

/// A stream of messages that know their queue group. Everything else of the subscription is there through `Deref`.
#[derive(Debug)]
pub struct Subscriber {
    inner: async_nats::Subscriber,
    group: Option<Arc<str>>,
}

/// A message and the queue group it was received in.
#[derive(Debug, Clone)]
pub struct Received {
    message: async_nats::Message,
    group: Option<Arc<str>>,
}

impl Subscriber {
    pub(super) fn new(inner: async_nats::Subscriber, group: Option<Arc<str>>) -> Self {
        Self { inner, group }
    }
}

impl Stream for Subscriber {
    type Item = Received;

    fn poll_next(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let message = Pin::new(&mut this.inner).poll_next(task);
        message.map(|message| message.map(|message| Received { message, group: this.group.clone() }))
    }
}

impl Deref for Subscriber {
    type Target = async_nats::Subscriber;

    fn deref(&self) -> &async_nats::Subscriber {
        &self.inner
    }
}

impl DerefMut for Subscriber {
    fn deref_mut(&mut self) -> &mut async_nats::Subscriber {
        &mut self.inner
    }
}

impl Received {
    /// The message itself.
    pub fn into_inner(self) -> async_nats::Message {
        self.message
    }
}

impl Deref for Received {
    type Target = async_nats::Message;

    fn deref(&self) -> &async_nats::Message {
        &self.message
    }
}

impl Message for Received {
    fn carrier(&self) -> Carrier<'_> {
        self.message.carrier()
    }

    fn description(&self) -> Description<'_> {
        let description = self.message.description();
        match &self.group {
            Some(group) => description.consumer_group(&**group),
            None => description,
        }
    }
}
