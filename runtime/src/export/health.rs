//! In: what each destination made of each export. Out: one line on stderr when exporting starts to fail and one when it recovers, however
//! many exports fail between; a destination's warning, once.

use std::time::Instant;

use super::Answer;
use super::hint::hint;
use crate::log_level::LogLevel;

/// The state of one destination.
#[derive(Debug)]
pub(crate) struct Health {
    destination: String,
    level: LogLevel,
    failing: Option<Failing>,
    /// What the destination said last, besides that it took a batch.
    message: String,
}

#[derive(Debug)]
struct Failing {
    since: Instant,
    spans: usize,
}

impl Health {
    pub(crate) fn new(destination: String, level: LogLevel) -> Self {
        Self { destination, level, failing: None, message: String::new() }
    }

    /// An export of this many spans failed for good.
    pub(crate) fn failed(&mut self, error: &str, spans: usize) {
        if let Some(line) = self.on_failure(error, spans) {
            self.level.say(LogLevel::Error, line);
        }
    }

    /// An export of this many spans arrived.
    pub(crate) fn answered(&mut self, answer: Answer, spans: usize) {
        if let Some(line) = self.on_success() {
            self.level.say(LogLevel::Info, line);
        }
        let level = if answer.rejected > 0 { LogLevel::Error } else { LogLevel::Warn };
        if let Some(line) = self.on_answer(answer, spans) {
            self.level.say(level, line);
        }
    }

    fn on_failure(&mut self, error: &str, spans: usize) -> Option<String> {
        if let Some(failing) = &mut self.failing {
            failing.spans += spans;
            return None;
        }
        self.failing = Some(Failing { since: Instant::now(), spans });
        // What `OTelSdkError` puts before every cause.
        let error = error.strip_prefix("Operation failed: ").unwrap_or(error);
        let hint = hint(error, &self.destination).map(|hint| format!("; {hint}")).unwrap_or_default();
        Some(format!("exporting to {} fails: {}{hint}", self.destination, error.escape_debug()))
    }

    fn on_success(&mut self) -> Option<String> {
        let Failing { since, spans } = self.failing.take()?;
        let seconds = since.elapsed().as_secs_f32();
        Some(format!("exporting to {} works again after {seconds:.1} s; {spans} spans were lost", self.destination))
    }

    /// The same message again and again is one line; the counters have the rest.
    fn on_answer(&mut self, Answer { rejected, message }: Answer, spans: usize) -> Option<String> {
        if (rejected == 0 && message.is_empty()) || (!message.is_empty() && message == self.message) {
            return None;
        }
        let text = message.escape_debug();
        let line = match rejected {
            0 => format!("{} warns: {text}", self.destination),
            _ => format!("{} rejected {rejected} of {spans} spans: {text}", self.destination),
        };
        self.message = message;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_when_it_starts_to_fail_and_one_when_it_recovers() {
        let mut health = Health::new("http://localhost:4318/v1/traces (http/protobuf)".to_owned(), LogLevel::None);
        assert_eq!(health.on_success(), None);
        assert_eq!(
            health.on_failure("Operation failed: tcp connect error: Connection refused (os error 111)", 3).as_deref(),
            Some(
                "exporting to http://localhost:4318/v1/traces (http/protobuf) fails: tcp connect error: Connection refused (os error 111); \
                 is a collector listening there? OTLP/HTTP is port 4318 and OTLP/gRPC 4317; a collector in a container must listen on 0.0.0.0, not on localhost"
            ),
        );
        assert_eq!(health.on_failure("again", 4), None);
        let recovered = health.on_success().unwrap();
        assert!(recovered.ends_with("; 7 spans were lost"), "{recovered}");
        assert_eq!(health.on_success(), None);
        assert!(health.on_failure("timed out", 1).is_some());
    }

    #[test]
    fn what_the_destination_says_is_a_line_until_it_says_something_else() {
        let mut health = Health::new("http://collector".to_owned(), LogLevel::None);
        let mut said = |rejected, message: &str| health.on_answer(Answer { rejected, message: message.to_owned() }, 10);
        assert_eq!(said(0, ""), None);
        assert_eq!(said(3, "too old").as_deref(), Some("http://collector rejected 3 of 10 spans: too old"));
        assert_eq!(said(2, "too old"), None);
        assert_eq!(said(0, ""), None);
        assert_eq!(said(0, "nearly full").as_deref(), Some("http://collector warns: nearly full"));
        assert_eq!(said(1, "too old").as_deref(), Some("http://collector rejected 1 of 10 spans: too old"));
    }
}
