//! rskafka's records, which do not know their topic: [`Addressed`] and [`Consumed`] say it for them.

use super::{describe, placed};
use crate::messaging::{Carrier, Description, Message, Outgoing};
use crate::propagation::inject_context;
use core::ops::Deref;
use opentelemetry::Context;
use rskafka::record::{Record, RecordAndOffset};

/// A record about to be produced to a partition of a topic.
///
/// ```no_run
/// use rskafka::client::partition::{Compression, PartitionClient};
/// use traced::kafka::Addressed;
/// use traced::traced;
///
/// #[traced(producer(record))] // `send orders`
/// async fn publish(client: &PartitionClient, record: Addressed<'_>) -> Result<i64, rskafka::client::error::Error> {
///     let offsets = client.produce(vec![record.record], Compression::NoCompression).await?;
///     Ok(offsets[0])
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Addressed<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition.
    pub partition: i32,
    /// The record.
    pub record: Record,
}

impl Outgoing for Addressed<'_> {
    fn description(&self) -> Description<'_> {
        placed(describe(self.topic, self.record.key.as_deref(), self.record.value.as_deref()), self.partition, -1)
    }

    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.record.headers)
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut self.record.headers);
    }
}

/// A record that was fetched from a partition of a topic.
#[derive(Debug, Clone)]
pub struct Consumed<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The partition.
    pub partition: i32,
    /// The record and its offset.
    pub record: RecordAndOffset,
}

impl Deref for Consumed<'_> {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record.record
    }
}

impl Message for Consumed<'_> {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.headers)
    }

    fn description(&self) -> Description<'_> {
        placed(describe(self.topic, self.key.as_deref(), self.value.as_deref()), self.partition, self.record.offset)
    }
}

/// rskafka's record with its topic and partition beside it.
impl Message for (&str, i32, &RecordAndOffset) {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.2.record.headers)
    }

    fn description(&self) -> Description<'_> {
        let record = &self.2.record;
        placed(describe(self.0, record.key.as_deref(), record.value.as_deref()), self.1, self.2.offset)
    }
}
