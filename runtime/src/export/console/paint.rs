//! In: [`Line`]s. Out: bytes for stderr, with colours or without. Refuses nothing; a closed stderr swallows them.

use std::fmt::Write;

use super::layout::{Line, Style};

/// The lines as text, each with its newline.
pub(crate) fn paint(lines: &[Line], colours: bool) -> String {
    let mut text = String::new();
    for line in lines {
        for (style, piece) in &line.0 {
            match colour(*style).filter(|_| colours && !piece.trim().is_empty()) {
                Some(code) => {
                    let _ = write!(text, "\x1b[{code}m{piece}\x1b[0m");
                }
                None => text.push_str(piece),
            }
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

/// SGR parameters of ECMA-48.
fn colour(style: Style) -> Option<u8> {
    match style {
        Style::Plain => None,
        Style::Strong => Some(1),
        Style::Faint => Some(2),
        Style::Error => Some(31),
        Style::Kind => Some(36),
    }
}
