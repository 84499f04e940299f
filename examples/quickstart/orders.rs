//! What the service of the quickstart works on: orders, the messages that carry them, and what can go wrong.

use serde::Deserialize;
use std::collections::HashMap;
use traced::messaging::{Carrier, Description, Message, Outgoing};
use traced::opentelemetry::Context;
use traced::propagation::inject_context;

#[derive(Debug, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) items: Vec<Item>,
    #[serde(default)]
    pub(crate) card: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) cents: i64,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum OrderError {
    #[error("line {line} of the orders is not an order")]
    Malformed { line: usize, source: serde_json::Error },
    #[error("order {0} was not paid")]
    Payment(String, #[source] PaymentError),
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum PaymentError {
    #[error("the card has expired")]
    Expired,
}

/// A line of the orders file on its way through the queue, with the headers that a broker's message would have.
#[derive(Debug, Default)]
pub(crate) struct OrderMessage {
    pub(crate) headers: HashMap<String, String>,
    pub(crate) line: usize,
    pub(crate) json: String,
}

impl Message for OrderMessage {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.headers)
    }

    fn description(&self) -> Description<'_> {
        Description::new("in-process", "orders").id(self.line.to_string()).body_size(self.json.len())
    }
}

impl Outgoing for OrderMessage {
    fn description(&self) -> Description<'_> {
        Message::description(self)
    }

    fn inject(&mut self, context: &Context) {
        inject_context(context, &mut self.headers);
    }
}
