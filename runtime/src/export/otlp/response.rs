//! In: the body of a collector's answer. Out: what it did not take, and what it says. A body that is no such answer means all was taken.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use struson::json_path;
use struson::reader::{JsonReader, JsonStreamReader, ValueType};

use crate::export::Answer;

pub(super) fn from_protobuf(body: &[u8]) -> Answer {
    ExportTraceServiceResponse::decode(body).map(answer).unwrap_or_default()
}

pub(super) fn answer(response: ExportTraceServiceResponse) -> Answer {
    let partial = response.partial_success.unwrap_or_default();
    Answer { rejected: count(partial.rejected_spans), message: partial.error_message }
}

pub(super) fn from_json(body: &[u8]) -> Answer {
    let rejected = partial_success(body, "rejectedSpans").and_then(|spans| spans.parse().ok()).unwrap_or_default();
    Answer { rejected: count(rejected), message: partial_success(body, "errorMessage").unwrap_or_default() }
}

/// In JSON a 64-bit number is a string; some write a number.
fn partial_success(body: &[u8], name: &str) -> Option<String> {
    let mut reader = JsonStreamReader::new(body);
    reader.seek_to(&json_path!["partialSuccess", name.to_owned()]).ok()?;
    match reader.peek().ok()? {
        ValueType::Number => reader.next_number_as_string().ok(),
        _ => reader.next_string().ok(),
    }
}

fn count(spans: i64) -> usize {
    usize::try_from(spans).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use opentelemetry_proto::tonic::collector::trace::v1::ExportTracePartialSuccess;

    use super::*;

    fn said(rejected: usize, message: &str) -> Answer {
        Answer { rejected, message: message.to_owned() }
    }

    #[test]
    fn both_encodings_tell_what_was_rejected() {
        let partial_success = Some(ExportTracePartialSuccess { rejected_spans: 3, error_message: "too old".to_owned() });
        assert_eq!(from_protobuf(&ExportTraceServiceResponse { partial_success }.encode_to_vec()), said(3, "too old"));
        for rejected in ["3", "\"3\""] {
            let body = format!(r#"{{"partialSuccess":{{"rejectedSpans":{rejected},"errorMessage":"too old"}}}}"#);
            assert_eq!(from_json(body.as_bytes()), said(3, "too old"));
        }
        for body in ["", "{}", "<html>", r#"{"partialSuccess":{"rejectedSpans":"-1"}}"#] {
            assert_eq!((from_protobuf(body.as_bytes()), from_json(body.as_bytes())), (said(0, ""), said(0, "")), "{body}");
        }
    }
}
