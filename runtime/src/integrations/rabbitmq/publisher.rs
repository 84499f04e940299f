//! A traced `Channel` for publishing: a span from the call to the broker's confirm, its context in the message's headers.

use super::Publication;
use super::error::{error_code, reply_name};
use crate::messaging::{fails, sending};
use crate::outcome::Failure;
use crate::span::{Site, in_future};
use core::ops::Deref;
use lapin::options::BasicPublishOptions;
use lapin::{BasicProperties, Channel, Confirmation, Result};
use opentelemetry::trace::SpanKind;

static PUBLISH: Site = Site::own("publish", SpanKind::Producer);

/// A channel whose messages carry the trace. Everything else of the channel is there through `Deref`.
///
/// A message that already has a creation context in its headers keeps it: the span is then a CLIENT with a link to it.
///
/// ```no_run
/// use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
/// use traced::rabbitmq::{Publication, Publisher};
///
/// # async fn checkout(channel: lapin::Channel) -> lapin::Result<()> {
/// channel.confirm_select(ConfirmSelectOptions::default()).await?;
/// let publisher = Publisher::new(channel);
/// publisher.send(Publication::to("shop", "order.created").payload("{}"), BasicPublishOptions::default()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Publisher {
    channel: Channel,
}

impl Publisher {
    /// Traces what `channel` publishes.
    pub fn new(channel: Channel) -> Self {
        Self { channel }
    }

    /// Publishes and waits for the confirm, if the channel has confirms; without them it returns `Confirmation::NotRequested` at once.
    /// A message that the broker refuses (nack) or returns (mandatory without a route) is an error of the span and not of this call, as
    /// with lapin itself.
    ///
    /// # Errors
    ///
    /// The channel's own; the span has the protocol's name of its code as `error.type`.
    pub async fn send(&self, mut message: Publication, options: BasicPublishOptions) -> Result<Confirmation> {
        let span = sending(&PUBLISH, &mut message);
        let Publication { exchange, routing_key, properties, payload } = message;
        let publishing = async {
            let confirm = self.channel.basic_publish(exchange.into(), routing_key.into(), options, &payload, properties).await?;
            confirm.await
        };
        in_future(span, publishing, |mut span, out| {
            if let Some(failure) = failure(&out) {
                span.fail(failure);
            }
            out
        })
        .await
    }

    /// `basic_publish` with lapin's arguments, and otherwise as [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn basic_publish(
        &self,
        exchange: &str,
        routing_key: &str,
        options: BasicPublishOptions,
        payload: &[u8],
        properties: BasicProperties,
    ) -> Result<Confirmation> {
        self.send(Publication::to(exchange, routing_key).payload(payload).properties(properties), options).await
    }
}

fn failure(out: &Result<Confirmation>) -> Option<Failure> {
    let returned = match out {
        Err(error) => return Some(fails(error_code(error), error)),
        Ok(Confirmation::Ack(returned)) => returned.as_ref()?,
        Ok(Confirmation::Nack(Some(returned))) => returned,
        Ok(Confirmation::Nack(None)) => return Some(Failure::of_text("NACK", "the broker refused the message".to_owned())),
        Ok(Confirmation::NotRequested) => return None,
    };
    let name = reply_name(returned.reply_code).unwrap_or("RETURNED");
    Some(Failure::of_text(name, format!("the broker returned the message: {} {}", returned.reply_code, returned.reply_text)))
}

impl Deref for Publisher {
    type Target = Channel;

    fn deref(&self) -> &Channel {
        &self.channel
    }
}
