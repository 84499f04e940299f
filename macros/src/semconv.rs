//! The names of attributes that OpenTelemetry defines: what a key was renamed to, and which known key a misspelt one may mean.
//! In: a key. Out: advice, or nothing. A name of the user's own is never questioned.

mod tables;

use crate::error::edits;
use tables::{KNOWN, RENAMED};

/// What to say about a key.
pub(crate) enum Advice {
    /// OpenTelemetry calls it otherwise now.
    Renamed(String),
    /// One letter away from a known name.
    Misspelt(String),
}

/// What there is to say about `key`.
pub(crate) fn advise(key: &str) -> Option<Advice> {
    if KNOWN.contains(&key) {
        return None;
    }
    if let Some((_, successor)) = RENAMED.iter().find(|(old, _)| *old == key) {
        return Some(Advice::Renamed(format!("OpenTelemetry renamed `{key}`; {successor}")));
    }
    let known = KNOWN.iter().find(|known| is_slip(key, known))?;
    Some(Advice::Misspelt(format!("`{key}` is one letter away from OpenTelemetry's `{known}`; did you mean `{known}`?")))
}

/// Whether `key` is `known` with one letter wrong. A different first segment is somebody's own namespace unless all the rest, at
/// some length, is the same.
fn is_slip(key: &str, known: &str) -> bool {
    if key.len() < 6 || key.len().abs_diff(known.len()) > 1 {
        return false;
    }
    let (Some((space, rest)), Some((known_space, known_rest))) = (key.split_once('.'), known.split_once('.')) else {
        return false;
    };
    let plausible = space == known_space || (rest == known_rest && rest.len() >= 8);
    plausible && edits(key, known) == 1
}

#[cfg(test)]
mod tests {
    use super::{Advice, advise};

    #[test]
    fn a_renamed_key_names_its_successor() {
        assert!(matches!(advise("http.status_code"), Some(Advice::Renamed(text)) if text.contains("`http.response.status_code`")));
    }

    #[test]
    fn a_slip_is_seen_in_the_name_and_in_its_namespace() {
        assert!(matches!(advise("http.rout"), Some(Advice::Misspelt(text)) if text.contains("`http.route`")));
        assert!(matches!(advise("htp.request.method"), Some(Advice::Misspelt(_))));
    }

    #[test]
    fn a_name_of_ones_own_is_not_questioned() {
        for own in ["order.id", "post.id", "http.route", "user.tier", "items", "retry.count"] {
            assert!(advise(own).is_none(), "{own}");
        }
    }
}
