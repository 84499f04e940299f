//! AMQP's errors by the names that the protocol gives them, for `error.type`.

use lapin::protocol::{AMQPErrorKind, AMQPHardError, AMQPSoftError};
use lapin::{Error, ErrorKind};

/// `error.type` of an error: the protocol's name of a reply code (`NOT_FOUND`), or the client's name of what has none.
pub fn error_code(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::ProtocolError(error) => match error.kind() {
            AMQPErrorKind::Soft(error) => soft(error),
            AMQPErrorKind::Hard(error) => hard(error),
        },
        ErrorKind::ChannelsLimitReached => "CHANNELS_LIMIT_REACHED",
        ErrorKind::InvalidChannel(_) | ErrorKind::InvalidChannelState(..) => "INVALID_CHANNEL_STATE",
        ErrorKind::InvalidConnectionState(_) => "INVALID_CONNECTION_STATE",
        ErrorKind::IOError(_) => "IO_ERROR",
        ErrorKind::MissingHeartbeatError => "MISSING_HEARTBEAT",
        _ => "lapin::Error",
    }
}

/// The name of a reply code with which the broker returned a message.
pub(super) fn reply_name(code: u16) -> Option<&'static str> {
    AMQPSoftError::from_id(code).as_ref().map(soft).or_else(|| AMQPHardError::from_id(code).as_ref().map(hard))
}

fn soft(error: &AMQPSoftError) -> &'static str {
    match error {
        AMQPSoftError::CONTENTTOOLARGE => "CONTENT_TOO_LARGE",
        AMQPSoftError::NOROUTE => "NO_ROUTE",
        AMQPSoftError::NOCONSUMERS => "NO_CONSUMERS",
        AMQPSoftError::ACCESSREFUSED => "ACCESS_REFUSED",
        AMQPSoftError::NOTFOUND => "NOT_FOUND",
        AMQPSoftError::RESOURCELOCKED => "RESOURCE_LOCKED",
        AMQPSoftError::PRECONDITIONFAILED => "PRECONDITION_FAILED",
    }
}

fn hard(error: &AMQPHardError) -> &'static str {
    match error {
        AMQPHardError::CONNECTIONFORCED => "CONNECTION_FORCED",
        AMQPHardError::INVALIDPATH => "INVALID_PATH",
        AMQPHardError::FRAMEERROR => "FRAME_ERROR",
        AMQPHardError::SYNTAXERROR => "SYNTAX_ERROR",
        AMQPHardError::COMMANDINVALID => "COMMAND_INVALID",
        AMQPHardError::CHANNELERROR => "CHANNEL_ERROR",
        AMQPHardError::UNEXPECTEDFRAME => "UNEXPECTED_FRAME",
        AMQPHardError::RESOURCEERROR => "RESOURCE_ERROR",
        AMQPHardError::NOTALLOWED => "NOT_ALLOWED",
        AMQPHardError::NOTIMPLEMENTED => "NOT_IMPLEMENTED",
        AMQPHardError::INTERNALERROR => "INTERNAL_ERROR",
    }
}
