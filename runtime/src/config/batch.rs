//! In: `Batch` from the builder, or `OTEL_BSP_*` variables. Out: the export queue's sizes and times. Refuses sizes of zero.

use std::time::Duration;

use super::environment::Reader;
use crate::error::InitError;

/// What a span does when the export queue is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WhenFull {
    /// It is dropped, counted and reported; the application never waits. The default, as in the specification.
    #[default]
    Drop,
    /// The thread that ends the span waits for room: nothing is lost, but a dead collector slows the application.
    Block,
}

/// How finished spans are queued and sent (specification: trace/sdk, batching processor).
///
/// ```
/// use traced::{Batch, WhenFull};
///
/// let batch = Batch { max_queue_size: 10_000, when_full: WhenFull::Block, ..Batch::default() };
/// assert_eq!(batch.max_export_batch_size, 512);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Finished spans held at most; at least 1. Default 2048 (`OTEL_BSP_MAX_QUEUE_SIZE`).
    pub max_queue_size: usize,
    /// Spans in one export at most; at least 1, never more than `max_queue_size`. Default 512 (`OTEL_BSP_MAX_EXPORT_BATCH_SIZE`).
    pub max_export_batch_size: usize,
    /// Longest wait before a batch that is not full is sent; at least 1 ms. Default 5 s (`OTEL_BSP_SCHEDULE_DELAY`).
    pub scheduled_delay: Duration,
    /// Longest time one export may take; at least 1 ms. Default 30 s (`OTEL_BSP_EXPORT_TIMEOUT`).
    pub export_timeout: Duration,
    /// What happens when the queue is full. Default [`WhenFull::Drop`].
    pub when_full: WhenFull,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            max_queue_size: 2048,
            max_export_batch_size: 512,
            scheduled_delay: Duration::from_secs(5),
            export_timeout: Duration::from_secs(30),
            when_full: WhenFull::Drop,
        }
    }
}

impl Batch {
    pub(crate) fn resolve(built: Option<Self>, reader: &mut Reader<'_>) -> Result<Self, InitError> {
        let batch = match built {
            Some(batch) => batch.checked()?,
            None => Self::from_environment(reader),
        };
        let floor = Duration::from_millis(1);
        Ok(Self {
            max_export_batch_size: batch.max_export_batch_size.min(batch.max_queue_size),
            scheduled_delay: batch.scheduled_delay.max(floor),
            ..batch
        })
    }

    fn checked(self) -> Result<Self, InitError> {
        for (field, value) in [("Batch::max_queue_size", self.max_queue_size), ("Batch::max_export_batch_size", self.max_export_batch_size)]
        {
            if value == 0 {
                return Err(InitError::setting(field, value, "allowed is 1 or more; the default is `Batch::default()`"));
            }
        }
        if self.export_timeout.is_zero() {
            let allowed = "allowed is 1 ms or more; write for example `Duration::from_secs(30)`";
            return Err(InitError::setting("Batch::export_timeout", "0", allowed));
        }
        Ok(self)
    }

    fn from_environment(reader: &mut Reader<'_>) -> Self {
        const BATCH_SIZE: &str = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";
        let default = Self::default();
        let queue = reader.count(&["OTEL_BSP_MAX_QUEUE_SIZE"], 1).unwrap_or(default.max_queue_size);
        let size = reader.count(&[BATCH_SIZE], 1);
        if let Some(size) = size.filter(|size| *size > queue) {
            reader.warn(BATCH_SIZE, &size.to_string(), format!("more than the queue holds; using {queue}"));
        }
        Self {
            max_queue_size: queue,
            max_export_batch_size: size.unwrap_or(default.max_export_batch_size),
            scheduled_delay: reader.milliseconds(&["OTEL_BSP_SCHEDULE_DELAY"], 0).unwrap_or(default.scheduled_delay),
            export_timeout: reader.milliseconds(&["OTEL_BSP_EXPORT_TIMEOUT"], 1).unwrap_or(default.export_timeout),
            when_full: default.when_full,
        }
    }
}
