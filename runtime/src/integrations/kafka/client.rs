//! What a client adds to the descriptions of its messages: its own id, its consumer group, the broker it was given.

use crate::messaging::{Carrier, Description, Message, Outgoing};
use opentelemetry::Context;
use rdkafka::ClientConfig;

/// `messaging.client.id`, `messaging.consumer.group.name`, `server.address` and `server.port`, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Client {
    /// `client.id`.
    pub id: Option<String>,
    /// `group.id`.
    pub group: Option<String>,
    /// The one broker of `bootstrap.servers`; of several, none is named.
    pub server: Option<(String, u16)>,
}

impl From<&ClientConfig> for Client {
    fn from(config: &ClientConfig) -> Self {
        let text = |key| config.get(key).map(str::to_owned);
        let servers = config.get("bootstrap.servers").or_else(|| config.get("metadata.broker.list"));
        Self { id: text("client.id"), group: text("group.id"), server: servers.and_then(server) }
    }
}

impl Client {
    pub(super) fn describe<'a>(&'a self, mut description: Description<'a>) -> Description<'a> {
        if let Some(id) = &self.id {
            description = description.client_id(id);
        }
        if let Some(group) = &self.group {
            description = description.consumer_group(group);
        }
        match &self.server {
            Some((address, port)) => description.server(address, *port),
            None => description,
        }
    }
}

/// `host:port`, `PLAINTEXT://host:port`, `[::1]:port`; a comma means more than one.
fn server(servers: &str) -> Option<(String, u16)> {
    let server = servers.split_once("://").map_or(servers, |(_, server)| server).trim();
    if server.contains(',') {
        return None;
    }
    let (host, port) = server.rsplit_once(':').unwrap_or((server, "9092"));
    Some((host.trim_matches(['[', ']']).to_owned(), port.parse().ok()?)).filter(|(host, _)| !host.is_empty())
}

/// A message with what its client says of itself.
pub(super) struct Of<'c, M> {
    pub(super) message: M,
    pub(super) client: &'c Client,
}

impl<M: Message> Message for Of<'_, &M> {
    fn carrier(&self) -> Carrier<'_> {
        self.message.carrier()
    }

    fn description(&self) -> Description<'_> {
        self.client.describe(self.message.description())
    }
}

impl<M: Outgoing> Outgoing for Of<'_, &mut M> {
    fn description(&self) -> Description<'_> {
        self.client.describe(self.message.description())
    }

    fn carrier(&self) -> Carrier<'_> {
        self.message.carrier()
    }

    fn inject(&mut self, context: &Context) {
        self.message.inject(context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_broker_is_named_and_of_several_none() {
        let named = |text: &str| server(text).map(|(host, port)| format!("{host} {port}"));
        assert_eq!(named("127.0.0.1:9093").as_deref(), Some("127.0.0.1 9093"));
        assert_eq!(named("PLAINTEXT://kafka").as_deref(), Some("kafka 9092"));
        assert_eq!(named("[::1]:9092").as_deref(), Some("::1 9092"));
        assert_eq!(named("a:1,b:2"), None);
        assert_eq!(named(""), None);
    }
}
