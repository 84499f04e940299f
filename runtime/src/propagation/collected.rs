//! For carriers that are costly to change one entry at a time: what the propagators write is collected first.

use opentelemetry::propagation::Injector;

/// Entries in the order they were set, the last of a name kept.
#[derive(Debug, Default)]
pub(super) struct Collected(pub(super) Vec<(String, String)>);

impl Injector for Collected {
    fn set(&mut self, key: &str, value: String) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        self.0.push((key.to_owned(), value));
    }
}

impl Collected {
    /// Whether an entry of this name is about to be written.
    pub(super) fn replaces(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known.eq_ignore_ascii_case(key))
    }
}
