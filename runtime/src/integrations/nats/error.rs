//! async-nats' errors by the names of their kinds, for `error.type`.

use crate::messaging::fails;
use crate::outcome::Failure;
use async_nats::jetstream::context::{PublishError as StreamError, PublishErrorKind as StreamKind};
use async_nats::{PublishError, PublishErrorKind, RequestError, RequestErrorKind};
use core::error::Error;

/// An error that has a name for `error.type`: the kind's, as `NO_RESPONDERS`.
pub trait NatsError: Error + Sized {
    /// The name.
    fn error_code(&self) -> &'static str;
}

/// What a span records of `error`.
pub(super) fn failure(error: &impl NatsError) -> Failure {
    fails(error.error_code(), error)
}

macro_rules! codes {
    ($($error:ty, $kind:ident { $($variant:ident = $code:literal,)* })*) => {
        $(impl NatsError for $error {
            fn error_code(&self) -> &'static str {
                match self.kind() {
                    $($kind::$variant => $code,)*
                }
            }
        })*
    };
}

codes! {
    PublishError, PublishErrorKind {
        MaxPayloadExceeded = "MAX_PAYLOAD_EXCEEDED",
        InvalidSubject = "INVALID_SUBJECT",
        Send = "SEND",
    }
    RequestError, RequestErrorKind {
        TimedOut = "TIMED_OUT",
        NoResponders = "NO_RESPONDERS",
        InvalidSubject = "INVALID_SUBJECT",
        MaxPayloadExceeded = "MAX_PAYLOAD_EXCEEDED",
        Other = "async_nats::RequestError",
    }
    StreamError, StreamKind {
        StreamNotFound = "STREAM_NOT_FOUND",
        WrongLastMessageId = "WRONG_LAST_MESSAGE_ID",
        WrongLastSequence = "WRONG_LAST_SEQUENCE",
        TimedOut = "TIMED_OUT",
        BrokenPipe = "BROKEN_PIPE",
        MaxAckPending = "MAX_ACK_PENDING",
        MaxPayloadExceeded = "MAX_PAYLOAD_EXCEEDED",
        Other = "async_nats::jetstream::context::PublishError",
    }
}
