//! A delivery as a [`Message`], a publication as an [`Outgoing`].

use crate::messaging::{Carrier, Description, Message, Outgoing};
use crate::propagation::inject_context;
use lapin::BasicProperties;
use lapin::message::{BasicGetMessage, Delivery};
use lapin::types::ShortString;
use opentelemetry::{Context, KeyValue};

/// What `basic_publish` is given, in one place: for `producer(MSG)` and [`Publisher::send`](super::Publisher::send).
///
/// ```
/// use lapin::BasicProperties;
/// use traced::rabbitmq::Publication;
///
/// let order = Publication::to("shop", "order.created").payload("{}").properties(BasicProperties::default().with_message_id("m-1".into()));
/// # assert_eq!(&*order.payload, b"{}");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Publication {
    /// The exchange; empty for the default one.
    pub exchange: String,
    /// The routing key: for the default exchange, the queue.
    pub routing_key: String,
    /// Headers, message id, correlation id, and the rest.
    pub properties: BasicProperties,
    /// The body.
    pub payload: Vec<u8>,
}

impl Publication {
    /// An empty message to `exchange` with `routing_key`.
    #[must_use]
    pub fn to(exchange: impl Into<String>, routing_key: impl Into<String>) -> Self {
        Self { exchange: exchange.into(), routing_key: routing_key.into(), ..Self::default() }
    }

    /// The body.
    #[must_use]
    pub fn payload(mut self, payload: impl Into<Vec<u8>>) -> Self {
        self.payload = payload.into();
        self
    }

    /// Headers, message id, correlation id, and the rest.
    #[must_use]
    pub fn properties(mut self, properties: BasicProperties) -> Self {
        self.properties = properties;
        self
    }
}

impl Outgoing for Publication {
    fn description(&self) -> Description<'_> {
        let destination = joined([&self.exchange, &self.routing_key]).unwrap_or_else(|| "amq.default".to_owned());
        with_properties(destination, &self.routing_key, &self.properties).operation("publish").body_size(self.payload.len())
    }

    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.properties)
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut self.properties);
    }
}

impl Message for Delivery {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.properties)
    }

    fn description(&self) -> Description<'_> {
        delivered(self, "")
    }
}

impl Message for BasicGetMessage {
    fn carrier(&self) -> Carrier<'_> {
        self.delivery.carrier()
    }

    fn description(&self) -> Description<'_> {
        self.delivery.description()
    }
}

/// A delivery that came through `queue`, if that is known.
pub(super) fn delivered<'a>(delivery: &'a Delivery, queue: &str) -> Description<'a> {
    let (exchange, key) = (delivery.exchange.as_str(), delivery.routing_key.as_str());
    let destination = joined([exchange, key, if key == queue { "" } else { queue }]).unwrap_or_default();
    let tag = i64::try_from(delivery.delivery_tag).unwrap_or(i64::MAX);
    let description = with_properties(destination, key, &delivery.properties)
        .operation("consume")
        .body_size(delivery.data.len())
        .attribute(KeyValue::new("messaging.rabbitmq.message.delivery_tag", tag));
    // A name that the broker made up: one for each connection.
    if [queue, key].iter().any(|name| name.starts_with("amq.gen-")) { description.anonymous() } else { description }
}

fn with_properties<'a>(destination: String, routing_key: &str, properties: &'a BasicProperties) -> Description<'a> {
    let mut description = Description::new("rabbitmq", destination);
    if !routing_key.is_empty() {
        description = description.attribute(KeyValue::new("messaging.rabbitmq.destination.routing_key", routing_key.to_owned()));
    }
    if let Some(id) = properties.message_id() {
        description = description.id(id.as_str());
    }
    match properties.correlation_id().as_ref().map(ShortString::as_str) {
        Some(id) => description.conversation_id(id),
        None => description,
    }
}

/// The parts that are not empty, with a colon between them.
fn joined<const N: usize>(parts: [&str; N]) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(":"))
}

#[cfg(all(test, feature = "sdk"))]
mod tests {
    use super::*;
    use crate::testing::capture;
    use crate::traced;

    #[traced(producer(message), crate = crate)]
    fn publish(message: &mut Publication) {}

    #[traced(consumer(message), crate = crate)]
    fn consume(message: &Delivery) {}

    fn consumed(exchange: &str, key: &str, queue: &str) -> String {
        let delivery = Delivery::mock(7, exchange.into(), key.into(), false, Vec::new());
        format!("{:?}", delivered(&delivery, queue)).split('"').nth(3).unwrap_or_default().to_owned()
    }

    #[test]
    fn destinations_are_named_as_the_convention_says() {
        let ((), trace) = capture(|| {
            for (exchange, key) in [("shop", "order.created"), ("", "orders"), ("fan", ""), ("", "")] {
                publish(&mut Publication::to(exchange, key));
            }
        });
        let names: Vec<&str> = trace.roots().iter().map(crate::testing::Span::name).collect();
        assert_eq!(names, ["publish shop:order.created", "publish orders", "publish fan", "publish amq.default"]);
        assert_eq!(consumed("shop", "order.created", "mail"), "shop:order.created:mail");
        assert_eq!(consumed("", "orders", "orders"), "orders");
        assert_eq!(consumed("fan", "", "mail"), "fan:mail");
    }

    #[test]
    fn a_delivery_is_handled_in_the_publishers_trace() {
        let ((), trace) = capture(|| {
            let properties = BasicProperties::default().with_message_id("m-1".into()).with_correlation_id("c-1".into());
            let mut message = Publication::to("shop", "order.created").properties(properties);
            publish(&mut message);
            let mut delivery = Delivery::mock(7, "shop".into(), "order.created".into(), false, b"{}".to_vec());
            delivery.properties = message.properties;
            consume(&delivery);
        });
        let shared = "messaging.system=rabbitmq, messaging.destination.name=shop:order.created, messaging.message.id=m-1, \
                      messaging.message.conversation_id=c-1";
        let key = "messaging.rabbitmq.destination.routing_key=order.created";
        assert_eq!(
            trace.tree(),
            format!(
                "publish shop:order.created PRODUCER [messaging.operation.name=publish, messaging.operation.type=send, {shared}, \
                 messaging.message.body.size=0, {key}]\n  consume shop:order.created CONSUMER [messaging.operation.name=consume, \
                 messaging.operation.type=process, {shared}, messaging.message.body.size=2, {key}, \
                 messaging.rabbitmq.message.delivery_tag=7]\n    → publish shop:order.created\n"
            )
        );
    }
}
