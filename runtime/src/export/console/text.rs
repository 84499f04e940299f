//! In: names, values and durations of spans. Out: text that is safe on a terminal: no control characters, no text that turns direction,
//! bounded length.

use std::fmt::Write;
use std::time::Duration;

use opentelemetry::Value;

/// Which signs lines are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs {
    /// Before a child; before the last child; under a child that has siblings; under the last.
    pub(crate) branch: [&'static str; 4],
    pub(crate) error: &'static str,
    pub(crate) event: &'static str,
    pub(crate) link: &'static str,
    pub(crate) more: &'static str,
    pub(crate) micro: &'static str,
    ascii: bool,
}

pub(crate) const UNICODE: Signs =
    Signs {
        branch: ["├─ ", "└─ ", "│  ", "   "], error: "✗", event: "·", link: "↗", more: "…", micro: "µs", ascii: false
    };

pub(crate) const ASCII: Signs =
    Signs { branch: ["|- ", "`- ", "|  ", "   "], error: "x", event: "-", link: "->", more: "...", micro: "us", ascii: true };

/// Longest name or value shown, in characters.
const MAX_TEXT: usize = 120;

impl Signs {
    /// Escapes what could steer a terminal or reorder the line, and cuts what is too long.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        for (count, character) in text.chars().enumerate() {
            if count == MAX_TEXT {
                clean.push_str(self.more);
                break;
            }
            match character {
                c if steers(c) || (self.ascii && !c.is_ascii()) => clean.extend(c.escape_default()),
                c => clean.push(c),
            }
        }
        clean
    }

    /// `value`, or `"two words"`.
    pub(crate) fn value(&self, value: &Value) -> String {
        let text = self.clean(&value.to_string());
        let quote = matches!(value, Value::String(_)) && (text.is_empty() || text.contains([' ', '"']));
        if quote { format!("\"{}\"", text.replace('"', "\\\"")) } else { text }
    }

    /// Three significant digits or so: `850µs`, `12.4ms`, `1.2s`, `2m05s`.
    pub(crate) fn duration(&self, duration: Duration) -> String {
        let mut text = String::new();
        let seconds = duration.as_secs();
        let _ = match duration.as_nanos() {
            nanos @ 0..1_000 => write!(text, "{nanos}ns"),
            // From 0.9 ms on, so that neighbours around a millisecond compare at a glance.
            nanos @ 1_000..900_000 => write!(text, "{}{}", nanos / 1_000, self.micro),
            nanos @ 900_000..999_950_000 => {
                let tenths = (nanos + 50_000) / 100_000;
                write!(text, "{}.{}ms", tenths / 10, tenths % 10)
            }
            nanos @ 999_950_000..59_950_000_000 => {
                let tenths = (nanos + 50_000_000) / 100_000_000;
                write!(text, "{}.{}s", tenths / 10, tenths % 10)
            }
            _ if seconds < 3_600 => write!(text, "{}m{:02}s", seconds / 60, seconds % 60),
            _ => write!(text, "{}h{:02}m", seconds / 3_600, seconds / 60 % 60),
        };
        text
    }
}

/// Control characters, and those of Unicode that are invisible or change the direction of the text after them.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
