//! A traced `FutureProducer`: a span `send TOPIC` from the call to the delivery report, its context in the record's headers.

use super::client::{Client, Of};
use super::error::failure;
use crate::messaging::sending;
use crate::outcome::Failure;
use crate::span::{Site, Span, in_future};
use core::ops::Deref;
use opentelemetry::trace::SpanKind;
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::{FromClientConfig, FromClientConfigAndContext};
use rdkafka::error::{KafkaError, KafkaResult};
use rdkafka::message::ToBytes;
use rdkafka::producer::future_producer::OwnedDeliveryResult;
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord};
use rdkafka::util::{AsyncRuntime, Timeout};
use std::sync::Arc;

static SEND: Site = Site::own("send", SpanKind::Producer);

/// A producer whose records carry the trace: around rdkafka's `FutureProducer`, or a `ThreadedProducer` or `BaseProducer` with
/// [`Reporting`](super::Reporting). Everything else of the producer is there through `Deref`.
///
/// A record that already has a creation context in its headers keeps it: the span is then a CLIENT with a link to it.
///
/// ```no_run
/// use rdkafka::ClientConfig;
/// use rdkafka::producer::FutureRecord;
/// use std::time::Duration;
///
/// # async fn checkout() -> Result<(), rdkafka::error::KafkaError> {
/// let producer: traced::kafka::Producer = ClientConfig::new().set("bootstrap.servers", "localhost:9092").create()?;
/// let record = FutureRecord::to("orders").key("ord-1").payload("{}");
/// producer.send(record, Duration::from_secs(5)).await.map_err(|(error, _)| error)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Producer<P = FutureProducer> {
    inner: P,
    client: Arc<Client>,
}

impl<P> Producer<P> {
    /// Traces what `inner` sends; `client` is usually `&config`, the configuration it was made from.
    pub fn new(inner: P, client: impl Into<Client>) -> Self {
        // A producer has no group, whatever its configuration shares with a consumer's.
        Self { inner, client: Arc::new(Client { group: None, ..client.into() }) }
    }

    /// The producer itself.
    pub fn into_inner(self) -> P {
        self.inner
    }

    pub(super) fn sending<M: crate::messaging::Outgoing>(&self, message: &mut M) -> Span {
        sending(&SEND, &mut Of { message, client: &self.client })
    }
}

impl<P> Deref for Producer<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.inner
    }
}

impl<P: FromClientConfig> FromClientConfig for Producer<P> {
    fn from_config(config: &ClientConfig) -> KafkaResult<Self> {
        Ok(Self::new(P::from_config(config)?, config))
    }
}

impl<C: ClientContext, P: FromClientConfigAndContext<C>> FromClientConfigAndContext<C> for Producer<P> {
    fn from_config_and_context(config: &ClientConfig, context: C) -> KafkaResult<Self> {
        Ok(Self::new(P::from_config_and_context(config, context)?, config))
    }
}

impl<C: ClientContext + 'static, R: AsyncRuntime> Producer<FutureProducer<C, R>> {
    /// [`FutureProducer::send`] inside a span, which has the partition and offset of the delivery report.
    ///
    /// # Errors
    ///
    /// The producer's own; the span has the protocol's name of its code as `error.type`.
    #[allow(clippy::result_large_err)] // rdkafka's own
    pub async fn send<K, P>(&self, mut record: FutureRecord<'_, K, P>, queue_timeout: impl Into<Timeout>) -> OwnedDeliveryResult
    where
        K: ToBytes + ?Sized,
        P: ToBytes + ?Sized,
    {
        let span = self.sending(&mut record);
        in_future(span, self.inner.send(record, queue_timeout), |span, out| {
            match &out {
                Ok(delivery) => delivered(span, delivery.partition, delivery.offset),
                Err((error, _)) => undelivered(span, failure(error)),
            }
            out
        })
        .await
    }

    /// [`FutureProducer::send_result`]: the record is in the queue when it returns; the span ends with the future. A future that is
    /// dropped leaves a span with the event `cancelled`.
    ///
    /// # Errors
    ///
    /// The producer's own, with the record.
    #[allow(clippy::result_large_err, clippy::type_complexity)] // rdkafka's own
    pub fn send_result<'a, K, P>(
        &self,
        mut record: FutureRecord<'a, K, P>,
    ) -> Result<impl Future<Output = <DeliveryFuture as Future>::Output> + use<C, R, K, P>, (KafkaError, FutureRecord<'a, K, P>)>
    where
        K: ToBytes + ?Sized,
        P: ToBytes + ?Sized,
    {
        let mut span = self.sending(&mut record);
        match span.in_scope(|| self.inner.send_result(record)) {
            Ok(delivery) => Ok(in_future(span, delivery, |span, out| {
                match &out {
                    Ok(Ok(delivery)) => delivered(span, delivery.partition, delivery.offset),
                    Ok(Err((error, _))) => undelivered(span, failure(error)),
                    Err(_) => undelivered(span, failure(&KafkaError::Canceled)),
                }
                out
            })),
            Err((error, record)) => {
                undelivered(span, failure(&error));
                Err((error, record))
            }
        }
    }
}

/// Ends the span of a record that has its place.
pub(super) fn delivered(mut span: Span, partition: i32, offset: i64) {
    if span.is_recording() {
        span.attributes().display("messaging.destination.partition.id", &partition);
        span.attributes().i64("messaging.kafka.offset", offset);
    }
}

pub(super) fn undelivered(mut span: Span, failure: Failure) {
    span.fail(failure);
}
