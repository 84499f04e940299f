//! rdkafka's messages and records as [`Message`] and [`Outgoing`].

use super::{describe, placed};
use crate::messaging::{Carrier, Description, Message, Outgoing};
use crate::propagation::inject_context;
use opentelemetry::Context;
use rdkafka::message::{BorrowedMessage, Message as _, OwnedMessage, ToBytes};
use rdkafka::producer::{BaseRecord, FutureRecord};
use rdkafka::util::IntoOpaque;

macro_rules! received {
    ($($message:ty),*) => {
        $(impl Message for $message {
            fn carrier(&self) -> Carrier<'_> {
                self.headers().map_or_else(Carrier::none, Carrier::new)
            }

            fn description(&self) -> Description<'_> {
                placed(describe(self.topic(), self.key(), self.payload()), self.partition(), self.offset())
            }
        })*
    };
}

received!(BorrowedMessage<'_>, OwnedMessage);

macro_rules! outgoing {
    ($([$($generics:tt)*] $record:ty),*) => {
        $(impl<K: ToBytes + ?Sized, P: ToBytes + ?Sized, $($generics)*> Outgoing for $record {
            fn description(&self) -> Description<'_> {
                let description = describe(self.topic, self.key.map(ToBytes::to_bytes), self.payload.map(ToBytes::to_bytes));
                placed(description, self.partition.unwrap_or(-1), -1)
            }

            fn carrier(&self) -> Carrier<'_> {
                self.headers.as_ref().map_or_else(Carrier::none, Carrier::new)
            }

            fn inject(&mut self, context: &Context) {
                inject_context(context, &mut self.headers);
            }
        })*
    };
}

outgoing!([] FutureRecord<'_, K, P>, [D: IntoOpaque] BaseRecord<'_, K, P, D>);
