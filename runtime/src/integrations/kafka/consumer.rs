//! A traced `StreamConsumer` or `BaseConsumer`: its messages know their group and client; polls and commits are spans on request.

use super::client::{Client, Of};
use super::error::failure;
use crate::messaging::{Carrier, Description, Message, failed, received, settling};
use crate::span::Site;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use opentelemetry::trace::SpanKind;
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::{FromClientConfig, FromClientConfigAndContext};
use rdkafka::consumer::{BaseConsumer, CommitMode, ConsumerContext, MessageStream, StreamConsumer};
use rdkafka::error::KafkaResult;
use rdkafka::message::{BorrowedMessage, OwnedMessage};
use rdkafka::util::Timeout;
use std::sync::Arc;
use std::time::SystemTime;

static POLL: Site = Site::own("poll", SpanKind::Client);
static COMMIT: Site = Site::own("commit", SpanKind::Client);

/// A consumer whose messages say which group and client received them. Everything else of the consumer is there through `Deref`.
///
/// ```no_run
/// use rdkafka::ClientConfig;
/// use rdkafka::consumer::Consumer as _;
/// use traced::kafka::{Consumer, Received};
/// use traced::traced;
///
/// #[traced(consumer(message))] // `process orders`, in the producer's trace
/// async fn on_order(message: &Received) {}
///
/// # async fn run() -> Result<(), rdkafka::error::KafkaError> {
/// let consumer: Consumer = ClientConfig::new().set("bootstrap.servers", "localhost:9092").set("group.id", "shipping").create()?;
/// consumer.subscribe(&["orders"])?;
/// loop {
///     on_order(&consumer.recv().await?.detach()).await;
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct Consumer<I = StreamConsumer> {
    inner: I,
    client: Arc<Client>,
    polls: bool,
    commits: bool,
}

/// A message and the client that received it.
#[derive(Debug, Clone)]
pub struct Received<M = OwnedMessage> {
    message: M,
    client: Arc<Client>,
}

impl<I> Consumer<I> {
    /// Traces what `inner` receives; `client` is usually `&config`, the configuration it was made from.
    pub fn new(inner: I, client: impl Into<Client>) -> Self {
        Self { inner, client: Arc::new(client.into()), polls: false, commits: false }
    }

    /// Records a CLIENT span `poll TOPIC` for each message received, linked to its creation context. Off by default; polls that bring
    /// nothing are never recorded.
    #[must_use]
    pub fn with_poll_spans(mut self, on: bool) -> Self {
        self.polls = on;
        self
    }

    /// Records a CLIENT span `commit TOPIC` for each [`commit_message`](Self::commit_message). Off by default.
    #[must_use]
    pub fn with_commit_spans(mut self, on: bool) -> Self {
        self.commits = on;
        self
    }

    fn receive<'a>(
        &self,
        since: Option<SystemTime>,
        result: KafkaResult<BorrowedMessage<'a>>,
    ) -> KafkaResult<Received<BorrowedMessage<'a>>> {
        if let Some(since) = since {
            match &result {
                Ok(message) => received(&POLL, since, &Of { message, client: &self.client }),
                Err(error) => failed(&POLL, since, "kafka", failure(error)),
            }
        }
        result.map(|message| Received { message, client: Arc::clone(&self.client) })
    }

    fn polling(&self) -> Option<SystemTime> {
        self.polls.then(SystemTime::now)
    }
}

impl<C: ConsumerContext + 'static, R> Consumer<StreamConsumer<C, R>> {
    /// [`StreamConsumer::recv`].
    ///
    /// # Errors
    ///
    /// The consumer's own.
    pub async fn recv(&self) -> KafkaResult<Received<BorrowedMessage<'_>>> {
        let since = self.polling();
        self.receive(since, self.inner.recv().await)
    }

    /// [`StreamConsumer::stream`].
    pub fn stream(&self) -> impl Stream<Item = KafkaResult<Received<BorrowedMessage<'_>>>> {
        Receiving { messages: self.inner.stream(), consumer: self, since: None }
    }
}

/// The stream of [`Consumer::stream`].
struct Receiving<'a, C: ConsumerContext, R> {
    messages: MessageStream<'a, C>,
    consumer: &'a Consumer<StreamConsumer<C, R>>,
    since: Option<SystemTime>,
}

impl<'a, C: ConsumerContext, R> Stream for Receiving<'a, C, R> {
    type Item = KafkaResult<Received<BorrowedMessage<'a>>>;

    fn poll_next(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        this.since = this.since.or_else(|| this.consumer.polling());
        Pin::new(&mut this.messages).poll_next(task).map(|message| Some(this.consumer.receive(this.since.take(), message?)))
    }
}

impl<C: ConsumerContext> Consumer<BaseConsumer<C>> {
    /// [`BaseConsumer::poll`].
    pub fn poll(&self, timeout: impl Into<Timeout>) -> Option<KafkaResult<Received<BorrowedMessage<'_>>>> {
        let since = self.polling();
        self.inner.poll(timeout).map(|result| self.receive(since, result))
    }
}

impl<I> Consumer<I> {
    /// [`commit_message`](rdkafka::consumer::Consumer::commit_message), in a span if [`with_commit_spans`](Self::with_commit_spans) says so.
    ///
    /// # Errors
    ///
    /// The consumer's own; the span has the protocol's name of its code as `error.type`.
    pub fn commit_message<C>(&self, message: &Received<BorrowedMessage<'_>>, mode: CommitMode) -> KafkaResult<()>
    where
        C: ConsumerContext,
        I: rdkafka::consumer::Consumer<C>,
    {
        if !self.commits {
            return self.inner.commit_message(&message.message, mode);
        }
        let mut span = settling(&COMMIT, message);
        let out = span.in_scope(|| self.inner.commit_message(&message.message, mode));
        if let Err(error) = &out {
            span.fail(failure(error));
        }
        out
    }
}

impl<I> Deref for Consumer<I> {
    type Target = I;

    fn deref(&self) -> &I {
        &self.inner
    }
}

impl<I: FromClientConfig> FromClientConfig for Consumer<I> {
    fn from_config(config: &ClientConfig) -> KafkaResult<Self> {
        Ok(Self::new(I::from_config(config)?, config))
    }
}

impl<C: ClientContext, I: FromClientConfigAndContext<C>> FromClientConfigAndContext<C> for Consumer<I> {
    fn from_config_and_context(config: &ClientConfig, context: C) -> KafkaResult<Self> {
        Ok(Self::new(I::from_config_and_context(config, context)?, config))
    }
}

impl<M> Received<M> {
    /// The message itself.
    pub fn into_inner(self) -> M {
        self.message
    }
}

impl Received<BorrowedMessage<'_>> {
    /// The message on its own, free of the consumer: [`BorrowedMessage::detach`].
    pub fn detach(&self) -> Received {
        Received { message: self.message.detach(), client: Arc::clone(&self.client) }
    }
}

impl<M> Deref for Received<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.message
    }
}

impl<M: Message> Message for Received<M> {
    fn carrier(&self) -> Carrier<'_> {
        self.message.carrier()
    }

    fn description(&self) -> Description<'_> {
        self.client.describe(self.message.description())
    }
}
