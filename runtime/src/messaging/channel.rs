//! Channels inside the process that keep the trace: actors, worker queues.
//! In: any channel of [`Envelope`]s and a [`Sender`] around its sending half. Out: messages that carry the sender's context, for a
//! handler with `consumer(envelope)`. Sending makes no span: nothing is waited for that a span could show.

use super::{Carrier, Description, Message};
use crate::span::thread;
use core::ops::{Deref, DerefMut};
use opentelemetry::Context;
use std::sync::{Arc, mpsc};

/// A value on its way through a channel, with the context it was sent in.
///
/// ```
/// use std::sync::mpsc;
/// use traced::messaging::channel::{Envelope, Sender};
/// use traced::traced;
///
/// #[traced(consumer(job))] // `process jobs`, in the sender's trace
/// fn on_job(job: Envelope<u32>) -> u32 {
///     job.into_inner()
/// }
///
/// let (jobs, inbox) = mpsc::channel();
/// let jobs = Sender::new("jobs", jobs);
/// let worker = std::thread::spawn(move || inbox.into_iter().map(on_job).sum::<u32>());
/// jobs.send(20).unwrap();
/// jobs.send(22).unwrap();
/// drop(jobs);
/// assert_eq!(worker.join().unwrap(), 42);
/// ```
#[derive(Debug, Clone)]
pub struct Envelope<T> {
    value: T,
    channel: Arc<str>,
    context: Context,
}

impl<T> Envelope<T> {
    /// Puts `value` in an envelope with the current context: for channels that [`Sender`] does not know.
    pub fn new(channel: impl Into<Arc<str>>, value: T) -> Self {
        Self { value, channel: channel.into(), context: thread::context() }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The context it was sent in.
    pub fn context(&self) -> &Context {
        &self.context
    }
}

impl<T> Deref for Envelope<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Envelope<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> Message for Envelope<T> {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::context(&self.context)
    }

    fn description(&self) -> Description<'_> {
        Description::new("in-process", &*self.channel)
    }
}

/// The sending half of a channel of [`Envelope`]s: `std::sync::mpsc`'s, or tokio's (feature `tokio`). The receiving half stays as it is.
#[derive(Debug, Clone)]
pub struct Sender<S> {
    inner: S,
    channel: Arc<str>,
}

impl<S> Sender<S> {
    /// Names the channel: `messaging.destination.name`.
    pub fn new(channel: impl Into<Arc<str>>, inner: S) -> Self {
        Self { inner, channel: channel.into() }
    }

    /// The sender itself.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    fn envelope<T>(&self, value: T) -> Envelope<T> {
        Envelope::new(Arc::clone(&self.channel), value)
    }
}

impl<T> Sender<mpsc::Sender<Envelope<T>>> {
    /// [`mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// The value, if the receiver is gone.
    pub fn send(&self, value: T) -> Result<(), mpsc::SendError<T>> {
        self.inner.send(self.envelope(value)).map_err(|mpsc::SendError(envelope)| mpsc::SendError(envelope.value))
    }
}

impl<T> Sender<mpsc::SyncSender<Envelope<T>>> {
    /// [`mpsc::SyncSender::send`]: waits for room.
    ///
    /// # Errors
    ///
    /// The value, if the receiver is gone.
    pub fn send(&self, value: T) -> Result<(), mpsc::SendError<T>> {
        self.inner.send(self.envelope(value)).map_err(|mpsc::SendError(envelope)| mpsc::SendError(envelope.value))
    }

    /// [`mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    ///
    /// The value, if there is no room or the receiver is gone.
    pub fn try_send(&self, value: T) -> Result<(), mpsc::TrySendError<T>> {
        self.inner.try_send(self.envelope(value)).map_err(|error| match error {
            mpsc::TrySendError::Full(envelope) => mpsc::TrySendError::Full(envelope.value),
            mpsc::TrySendError::Disconnected(envelope) => mpsc::TrySendError::Disconnected(envelope.value),
        })
    }
}

#[cfg(feature = "tokio")]
mod of_tokio {
    use super::{Envelope, Sender};
    use tokio::sync::mpsc::error::{SendError, TrySendError};
    use tokio::sync::mpsc::{Sender as Bounded, UnboundedSender};

    impl<T> Sender<Bounded<Envelope<T>>> {
        /// [`tokio::sync::mpsc::Sender::send`]: waits for room.
        ///
        /// # Errors
        ///
        /// The value, if the receiver is gone.
        pub async fn send(&self, value: T) -> Result<(), SendError<T>> {
            let envelope = self.envelope(value);
            self.inner.send(envelope).await.map_err(|SendError(envelope)| SendError(envelope.value))
        }

        /// [`tokio::sync::mpsc::Sender::try_send`].
        ///
        /// # Errors
        ///
        /// The value, if there is no room or the receiver is gone.
        pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
            self.inner.try_send(self.envelope(value)).map_err(|error| match error {
                TrySendError::Full(envelope) => TrySendError::Full(envelope.value),
                TrySendError::Closed(envelope) => TrySendError::Closed(envelope.value),
            })
        }
    }

    impl<T> Sender<UnboundedSender<Envelope<T>>> {
        /// [`tokio::sync::mpsc::UnboundedSender::send`].
        ///
        /// # Errors
        ///
        /// The value, if the receiver is gone.
        pub fn send(&self, value: T) -> Result<(), SendError<T>> {
            self.inner.send(self.envelope(value)).map_err(|SendError(envelope)| SendError(envelope.value))
        }
    }
}
