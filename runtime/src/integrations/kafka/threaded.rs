//! `ThreadedProducer` and `BaseProducer`, which report deliveries through their context: the span travels beside the record and ends with
//! the report, on the thread that polls.

use super::Producer;
use super::error::failure;
use super::producer::{delivered, undelivered};
use crate::span::Span;
use rdkafka::Statistics;
use rdkafka::client::{ClientContext, OAuthToken};
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;
use rdkafka::message::{DeliveryResult, Message as _, ToBytes};
use rdkafka::producer::{BaseProducer, BaseRecord, DefaultProducerContext, Partitioner, ProducerContext, ThreadedProducer};
use rdkafka::util::IntoOpaque;
use std::error::Error;

/// A producer's context that ends the spans of its records. Everything is passed on to the context inside.
///
/// ```no_run
/// use rdkafka::ClientConfig;
/// use rdkafka::producer::{BaseRecord, ThreadedProducer};
/// use traced::kafka::{Producer, Reporting};
///
/// # fn main() -> Result<(), rdkafka::error::KafkaError> {
/// let producer: Producer<ThreadedProducer<Reporting>> =
///     ClientConfig::new().set("bootstrap.servers", "localhost:9092").create_with_context(Reporting::default())?;
/// producer.send(BaseRecord::to("orders").key("ord-1").payload("{}")).map_err(|(error, _)| error)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Reporting<C = DefaultProducerContext> {
    context: C,
}

/// What travels beside a record: its span, and what the context inside wants back. Opaque: it is made by [`Producer::send`].
#[derive(Debug)]
pub struct InFlight<D> {
    span: Span,
    opaque: D,
}

impl<C> Reporting<C> {
    /// Passes everything on to `context`.
    pub fn new(context: C) -> Self {
        Self { context }
    }
}

impl Default for Reporting {
    fn default() -> Self {
        Self::new(DefaultProducerContext)
    }
}

impl<C: ClientContext> ClientContext for Reporting<C> {
    const ENABLE_REFRESH_OAUTH_TOKEN: bool = C::ENABLE_REFRESH_OAUTH_TOKEN;

    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        self.context.log(level, facility, message);
    }

    fn stats(&self, statistics: Statistics) {
        self.context.stats(statistics);
    }

    fn stats_raw(&self, statistics: &[u8]) {
        self.context.stats_raw(statistics);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.context.error(error, reason);
    }

    fn generate_oauth_token(&self, config: Option<&str>) -> Result<OAuthToken, Box<dyn Error>> {
        self.context.generate_oauth_token(config)
    }
}

impl<C: ProducerContext<Part>, Part: Partitioner> ProducerContext<Part> for Reporting<C> {
    type DeliveryOpaque = Box<InFlight<C::DeliveryOpaque>>;

    fn delivery(&self, result: &DeliveryResult<'_>, in_flight: Self::DeliveryOpaque) {
        match result {
            Ok(message) => delivered(in_flight.span, message.partition(), message.offset()),
            Err((error, _)) => undelivered(in_flight.span, failure(error)),
        }
        self.context.delivery(result, in_flight.opaque);
    }

    fn get_custom_partitioner(&self) -> Option<&Part> {
        self.context.get_custom_partitioner()
    }
}

macro_rules! senders {
    ($($producer:ident),*) => {
        $(impl<C: ProducerContext<Part> + 'static, Part: Partitioner> Producer<$producer<Reporting<C>, Part>> {
            /// Puts the record in the queue. Its span ends with the delivery report, on the thread that polls.
            ///
            /// # Errors
            ///
            /// The producer's own, with the record; the span has the protocol's name of its code as `error.type`.
            #[allow(clippy::result_large_err, clippy::type_complexity)] // rdkafka's own
            pub fn send<'a, K, P>(
                &self,
                record: BaseRecord<'a, K, P, C::DeliveryOpaque>,
            ) -> Result<(), (KafkaError, BaseRecord<'a, K, P, C::DeliveryOpaque>)>
            where
                K: ToBytes + ?Sized,
                P: ToBytes + ?Sized,
            {
                let (mut record, opaque) = without_opaque(record);
                let span = self.sending(&mut record);
                let in_flight = Box::new(InFlight { span, opaque });
                (**self).send(with_opaque(record, in_flight)).map_err(|(error, record)| {
                    let (record, in_flight) = without_opaque(record);
                    undelivered(in_flight.span, failure(&error));
                    (error, with_opaque(record, in_flight.opaque))
                })
            }
        })*
    };
}

senders!(ThreadedProducer, BaseProducer);

fn without_opaque<K, P, D>(record: BaseRecord<'_, K, P, D>) -> (BaseRecord<'_, K, P>, D)
where
    K: ToBytes + ?Sized,
    P: ToBytes + ?Sized,
    D: IntoOpaque,
{
    let BaseRecord { topic, partition, payload, key, timestamp, headers, delivery_opaque } = record;
    (BaseRecord { topic, partition, payload, key, timestamp, headers, delivery_opaque: () }, delivery_opaque)
}

fn with_opaque<K, P, D>(record: BaseRecord<'_, K, P>, delivery_opaque: D) -> BaseRecord<'_, K, P, D>
where
    K: ToBytes + ?Sized,
    P: ToBytes + ?Sized,
    D: IntoOpaque,
{
    let BaseRecord { topic, partition, payload, key, timestamp, headers, .. } = record;
    BaseRecord { topic, partition, payload, key, timestamp, headers, delivery_opaque }
}
