//! A traced `Consumer`: its deliveries know their queue; acknowledgements are spans on request.

use super::error::error_code;
use super::message::delivered;
use crate::messaging::{Carrier, Description, Message, fails, settling};
use crate::span::{Site, Span, in_future};
use core::ops::{Deref, DerefMut};
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use lapin::Result;
use lapin::message::Delivery;
use lapin::options::{BasicAckOptions, BasicNackOptions, BasicRejectOptions};
use lapin::types::ShortString;
use opentelemetry::trace::SpanKind;

static ACK: Site = Site::own("ack", SpanKind::Client);
static NACK: Site = Site::own("nack", SpanKind::Client);
static REJECT: Site = Site::own("reject", SpanKind::Client);

/// A stream of deliveries that know their queue. Everything else of the consumer is there through `Deref`.
///
/// ```no_run
/// use futures_util::StreamExt as _;
/// use lapin::options::BasicAckOptions;
/// use traced::rabbitmq::{Consumer, Received};
/// use traced::traced;
///
/// #[traced(consumer(order))] // `consume shop:order.created:mail`, in the publisher's trace
/// async fn on_order(order: &Received) -> lapin::Result<()> {
///     order.ack(BasicAckOptions::default()).await.map(drop)
/// }
///
/// # async fn run(consumer: lapin::Consumer) -> lapin::Result<()> {
/// let mut orders = Consumer::new(consumer);
/// while let Some(order) = orders.next().await {
///     on_order(&order?).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Consumer {
    inner: lapin::Consumer,
    settles: bool,
}

/// A delivery and the queue it came through.
#[derive(Debug)]
pub struct Received {
    delivery: Delivery,
    queue: ShortString,
    settles: bool,
}

impl Consumer {
    /// Traces what `inner` receives.
    pub fn new(inner: lapin::Consumer) -> Self {
        Self { inner, settles: false }
    }

    /// Records a CLIENT span for each [`ack`](Received::ack), [`nack`](Received::nack) and [`reject`](Received::reject), linked to the
    /// message's creation context. Off by default.
    #[must_use]
    pub fn with_settle_spans(mut self, on: bool) -> Self {
        self.settles = on;
        self
    }
}

impl Stream for Consumer {
    type Item = Result<Received>;

    fn poll_next(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        Pin::new(&mut this.inner).poll_next(task).map(|delivery| {
            let (queue, settles) = (this.inner.queue(), this.settles);
            delivery.map(|delivery| delivery.map(|delivery| Received { delivery, queue, settles }))
        })
    }
}

impl Deref for Consumer {
    type Target = lapin::Consumer;

    fn deref(&self) -> &lapin::Consumer {
        &self.inner
    }
}

impl Received {
    /// The queue it came through.
    pub fn queue(&self) -> &str {
        self.queue.as_str()
    }

    /// The delivery itself.
    pub fn into_inner(self) -> Delivery {
        self.delivery
    }

    /// [`lapin::Acker::ack`].
    ///
    /// # Errors
    ///
    /// lapin's own.
    pub async fn ack(&self, options: BasicAckOptions) -> Result<bool> {
        settled(self.settling(&ACK), self.delivery.ack(options)).await
    }

    /// [`lapin::Acker::nack`].
    ///
    /// # Errors
    ///
    /// lapin's own.
    pub async fn nack(&self, options: BasicNackOptions) -> Result<bool> {
        settled(self.settling(&NACK), self.delivery.nack(options)).await
    }

    /// [`lapin::Acker::reject`].
    ///
    /// # Errors
    ///
    /// lapin's own.
    pub async fn reject(&self, options: BasicRejectOptions) -> Result<bool> {
        settled(self.settling(&REJECT), self.delivery.reject(options)).await
    }

    fn settling(&self, site: &'static Site) -> Span {
        if self.settles { settling(site, self) } else { Span::OFF }
    }
}

async fn settled(span: Span, settling: impl Future<Output = Result<bool>>) -> Result<bool> {
    in_future(span, settling, |mut span, out| {
        if let Err(error) = &out {
            span.fail(fails(error_code(error), error));
        }
        out
    })
    .await
}

impl Deref for Received {
    type Target = Delivery;

    fn deref(&self) -> &Delivery {
        &self.delivery
    }
}

impl DerefMut for Received {
    fn deref_mut(&mut self) -> &mut Delivery {
        &mut self.delivery
    }
}

impl Message for Received {
    fn carrier(&self) -> Carrier<'_> {
        self.delivery.carrier()
    }

    fn description(&self) -> Description<'_> {
        delivered(&self.delivery, self.queue())
    }
}
