//! Kafka's errors by the names that the protocol gives them, for `error.type`.

use crate::messaging::fails;
use crate::outcome::Failure;
use rdkafka::error::KafkaError;
use rdkafka::types::RDKafkaErrorCode;
use std::borrow::Cow;

/// `error.type` of an error: the protocol's name of its code (`UNKNOWN_TOPIC_OR_PARTITION`), or the client's name of what has none
/// (`MESSAGE_TIMED_OUT`, `BROKER_TRANSPORT_FAILURE`).
pub fn error_code(error: &KafkaError) -> Cow<'static, str> {
    match error.rdkafka_error_code() {
        Some(code) => code_name(code),
        None => variant_name(error).map_or(Cow::Borrowed("rdkafka::error::KafkaError"), Cow::Borrowed),
    }
}

/// What a span records of `error`.
pub(super) fn failure(error: &KafkaError) -> Failure {
    fails(error_code(error), error)
}

/// Where rdkafka's name is not the protocol's (<https://kafka.apache.org/protocol#protocol_error_codes>).
fn code_name(code: RDKafkaErrorCode) -> Cow<'static, str> {
    use RDKafkaErrorCode as Code;
    Cow::Borrowed(match code {
        Code::InvalidMessage => "CORRUPT_MESSAGE",
        Code::InvalidMessageSize => "INVALID_FETCH_SIZE",
        Code::MessageSizeTooLarge => "MESSAGE_TOO_LARGE",
        Code::NetworkException => "NETWORK_EXCEPTION",
        Code::NotLeaderForPartition => "NOT_LEADER_OR_FOLLOWER",
        Code::InvalidTopic => "INVALID_TOPIC_EXCEPTION",
        Code::MessageBatchTooLarge => "RECORD_LIST_TOO_LARGE",
        other => return Cow::Owned(screaming(&format!("{other:?}"))),
    })
}

fn variant_name(error: &KafkaError) -> Option<&'static str> {
    Some(match error {
        KafkaError::Canceled => "CANCELED",
        KafkaError::NoMessageReceived => "NO_MESSAGE_RECEIVED",
        KafkaError::PartitionEOF(_) => "PARTITION_EOF",
        KafkaError::Nul(_) => "INVALID_ARGUMENT",
        _ => return None,
    })
}

/// `UnsupportedSASLMechanism` as `UNSUPPORTED_SASL_MECHANISM`.
fn screaming(camel: &str) -> String {
    let letters = camel.as_bytes();
    let mut name = String::with_capacity(letters.len() + 8);
    for (index, letter) in letters.iter().enumerate() {
        let after_word = index > 0 && letters[index - 1].is_ascii_lowercase();
        let before_word = index > 0 && letters.get(index + 1).is_some_and(u8::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && (after_word || before_word) {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase().into());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_names_of_the_protocol() {
        let name = |code| error_code(&KafkaError::MessageProduction(code));
        assert_eq!(name(RDKafkaErrorCode::UnknownTopicOrPartition), "UNKNOWN_TOPIC_OR_PARTITION");
        assert_eq!(name(RDKafkaErrorCode::MessageSizeTooLarge), "MESSAGE_TOO_LARGE");
        assert_eq!(name(RDKafkaErrorCode::MessageTimedOut), "MESSAGE_TIMED_OUT");
        assert_eq!(name(RDKafkaErrorCode::UnsupportedSASLMechanism), "UNSUPPORTED_SASL_MECHANISM");
        assert_eq!(name(RDKafkaErrorCode::ISRInsufficient), "ISR_INSUFFICIENT");
        assert_eq!(name(RDKafkaErrorCode::PartitionEOF), "PARTITION_EOF");
        assert_eq!(error_code(&KafkaError::Canceled), "CANCELED");
    }
}
