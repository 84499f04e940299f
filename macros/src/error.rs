//! Compile errors: collected while arguments and items are read, reported all at once, followed by the user's own item so that
//! nothing else in the crate breaks because of them. Refuses to be dropped unreported.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// Everything that is wrong with one use of the attribute.
pub(crate) struct Errors {
    list: Vec<syn::Error>,
    reported: bool,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { list: Vec::new(), reported: false }
    }

    /// An error that underlines all of `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.list.push(syn::Error::new_spanned(tokens, message));
    }

    /// An error that underlines one token.
    pub(crate) fn at_span(&mut self, span: Span, message: impl std::fmt::Display) {
        self.list.push(syn::Error::new(span, message));
    }

    /// An error of the parser.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.list.push(error);
    }

    /// The value of `result`, or its error is kept.
    pub(crate) fn ok<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    // Input:  three errors and the tokens of a function
    // Output: `compile_error!{..} compile_error!{..} compile_error!{..} fn f() { .. }`
    /// `good` if there were no errors, else the errors and the original item.
    pub(crate) fn report(mut self, good: impl FnOnce() -> TokenStream, original: impl FnOnce() -> TokenStream) -> TokenStream {
        self.reported = true;
        if self.list.is_empty() {
            return good();
        }
        let errors = self.list.iter().map(syn::Error::to_compile_error);
        let original = original();
        quote! { #(#errors)* #original }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.reported || std::thread::panicking(), "bug in `traced`: errors were not reported; please report");
    }
}

/// `; did you mean `x`?`, if one of `known` is close to `word`, else nothing.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let limit = 1 + word.chars().count() / 4;
    known
        .into_iter()
        .map(|candidate| (edits(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map_or_else(String::new, |(_, candidate)| format!("; did you mean `{candidate}`?"))
}

/// The edits between two words: insertions, deletions, replacements and swaps of neighbours.
pub(crate) fn edits(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(a != b)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

/// "`a`, `b`, `c`"
pub(crate) fn quoted(words: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, edits};

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(edits("nmae", "name"), 1);
        assert_eq!(edits("", "name"), 4);
    }

    #[test]
    fn only_what_is_close_is_suggested() {
        assert_eq!(did_you_mean("nmae", ["name", "kind"]), "; did you mean `name`?");
        assert_eq!(did_you_mean("colour", ["name", "kind"]), "");
    }
}
