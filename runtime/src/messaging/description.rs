//! What is known of a message, and the attributes and the name that follow from it.

use crate::span::Start;
use crate::span::start_name;
use opentelemetry::KeyValue;
use std::borrow::Cow;

/// A message as its span describes it: the messaging system, where it comes from or goes to, and whatever else is known.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Description<'a> {
    system: Cow<'a, str>,
    destination: Cow<'a, str>,
    template: Option<Cow<'a, str>>,
    passing: Option<&'static str>,
    server: Option<(Cow<'a, str>, u16)>,
    id: Option<Cow<'a, str>>,
    conversation_id: Option<Cow<'a, str>>,
    partition: Option<String>,
    consumer_group: Option<Cow<'a, str>>,
    client_id: Option<Cow<'a, str>>,
    body_size: Option<usize>,
    operation: Option<&'static str>,
    more: Vec<KeyValue>,
}

macro_rules! texts {
    ($($(#[doc = $doc:literal])+ $name:ident,)*) => {
        $($(#[doc = $doc])+
        pub fn $name(mut self, $name: impl Into<Cow<'a, str>>) -> Self {
            self.$name = Some($name.into());
            self
        })*
    };
}

impl<'a> Description<'a> {
    /// A message of `system` (`messaging.system`: `kafka`, `rabbitmq`, `nats`, …) at `destination` (`messaging.destination.name`: the
    /// topic, queue or subject; may be empty).
    pub fn new(system: impl Into<Cow<'a, str>>, destination: impl Into<Cow<'a, str>>) -> Self {
        Self { system: system.into(), destination: destination.into(), ..Self::default() }
    }

    texts! {
        /// `messaging.destination.template`: few values, where the destination itself has many; the span is named by it.
        template,
        /// `messaging.message.id`.
        id,
        /// `messaging.message.conversation_id`: the correlation id.
        conversation_id,
        /// `messaging.consumer.group.name`.
        consumer_group,
        /// `messaging.client.id`.
        client_id,
    }

    /// `messaging.destination.temporary`: the destination ends with its user (a reply inbox), so it does not name the span.
    pub fn temporary(mut self) -> Self {
        self.passing = Some("messaging.destination.temporary");
        self
    }

    /// `messaging.destination.anonymous`: the broker made the destination's name up, so it does not name the span.
    pub fn anonymous(mut self) -> Self {
        self.passing = Some("messaging.destination.anonymous");
        self
    }

    /// `server.address` and `server.port` of the broker.
    pub fn server(mut self, address: impl Into<Cow<'a, str>>, port: u16) -> Self {
        self.server = Some((address.into(), port));
        self
    }

    /// `messaging.destination.partition.id`: text, as the conventions have it.
    #[allow(clippy::needless_pass_by_value)] // numbers as they come, and text
    pub fn partition(mut self, partition: impl ToString) -> Self {
        self.partition = Some(partition.to_string());
        self
    }

    /// `messaging.message.body.size`, in bytes.
    pub fn body_size(mut self, bytes: usize) -> Self {
        self.body_size = Some(bytes);
        self
    }

    /// `messaging.operation.name` where the system has a word of its own (RabbitMQ: `publish`, `consume`); else `send` and `process`.
    pub fn operation(mut self, name: &'static str) -> Self {
        self.operation = Some(name);
        self
    }

    /// An attribute of the messaging system's own.
    pub fn attribute(mut self, attribute: KeyValue) -> Self {
        self.more.push(attribute);
        self
    }

    /// Gives the span its name and attributes: what holds for one message and for a batch of them.
    pub(crate) fn write_shared(&self, start: &mut Start<'_>, operation: &'static str, operation_type: &'static str) {
        let operation = self.operation.unwrap_or(operation);
        start_name(start, || self.span_name(operation));
        let known = &mut start.known;
        known.literal("messaging.operation.name", operation);
        known.literal("messaging.operation.type", operation_type);
        known.text("messaging.system", &self.system);
        if !self.destination.is_empty() {
            known.text("messaging.destination.name", &self.destination);
        }
        if let Some(template) = &self.template {
            known.text("messaging.destination.template", template);
        }
        if let Some(passing) = self.passing {
            known.bool(passing, true);
        }
        for (key, value) in [("messaging.consumer.group.name", &self.consumer_group), ("messaging.client.id", &self.client_id)] {
            if let Some(value) = value {
                known.text(key, value);
            }
        }
        if let Some((address, port)) = &self.server {
            known.text("server.address", address);
            known.i64("server.port", i64::from(*port));
        }
    }

    /// Operation and destination: its template, else its own name unless that is of passing use, else the broker.
    fn span_name(&self, operation: &str) -> String {
        match (&self.template, &self.server) {
            (Some(template), _) => format!("{operation} {template}"),
            _ if self.passing.is_none() && !self.destination.is_empty() => format!("{operation} {}", self.destination),
            (None, Some((address, port))) => format!("{operation} {address}:{port}"),
            (None, None) => operation.to_owned(),
        }
    }

    /// The same, and what is true of this one message.
    pub(crate) fn write(&self, start: &mut Start<'_>, operation: &'static str, operation_type: &'static str) {
        self.write_shared(start, operation, operation_type);
        let known = &mut start.known;
        for (key, value) in [("messaging.message.id", &self.id), ("messaging.message.conversation_id", &self.conversation_id)] {
            if let Some(value) = value {
                known.text(key, value);
            }
        }
        if let Some(partition) = &self.partition {
            known.text("messaging.destination.partition.id", partition);
        }
        if let Some(bytes) = self.body_size {
            known.value("messaging.message.body.size", i64::try_from(bytes).unwrap_or(i64::MAX).into());
        }
        for attribute in &self.more {
            known.key_value(attribute.clone());
        }
    }

    /// What a link to this message carries, where the span itself stands for a batch.
    pub(crate) fn link_attributes(&self) -> Vec<KeyValue> {
        let mut attributes = Vec::new();
        if let Some(id) = &self.id {
            attributes.push(KeyValue::new("messaging.message.id", id.clone().into_owned()));
        }
        if let Some(partition) = &self.partition {
            attributes.push(KeyValue::new("messaging.destination.partition.id", partition.clone()));
        }
        attributes.extend(self.more.iter().cloned());
        attributes
    }

    /// Whether two messages of a batch come from the same place.
    pub(crate) fn same_place(&self, other: &Self) -> bool {
        self.system == other.system && self.destination == other.destination
    }

    /// A batch from several places names none of them.
    pub(crate) fn anywhere(mut self) -> Self {
        self.destination = Cow::Borrowed("");
        self.template = None;
        self.passing = None;
        self
    }
}
