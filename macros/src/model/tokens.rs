//! What the tokens of a body may do: wait, or leave before its end. Macros that are not known to be harmless may do either.

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// Macros that can neither wait nor return of their own accord.
const PLAIN_MACROS: [&str; 24] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "concat",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "include_str",
    "matches",
    "panic",
    "print",
    "println",
    "todo",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Whether there may be an `.await` in it.
pub(super) fn may_await(tokens: &TokenStream) -> bool {
    may(tokens.clone(), &|token| matches!(token, TokenTree::Ident(ident) if ident == "await"))
}

/// Whether there may be a `return` or a `?` in it.
pub(super) fn may_return(tokens: &TokenStream) -> bool {
    may(tokens.clone(), &|token| match token {
        TokenTree::Ident(ident) => ident == "return",
        TokenTree::Punct(punct) => punct.as_char() == '?',
        _ => false,
    })
}

fn may(tokens: TokenStream, does: &impl Fn(&TokenTree) -> bool) -> bool {
    let mut word = None;
    for token in tokens {
        if does(&token) {
            return true;
        }
        let previous = word.take();
        match token {
            TokenTree::Ident(ident) => word = Some(ident.to_string()),
            TokenTree::Group(group) if may(group.stream(), does) => return true,
            TokenTree::Punct(punct) if calls_macro(&punct) && previous.is_some_and(|name| !PLAIN_MACROS.contains(&name.as_str())) => {
                return true;
            }
            _ => {}
        }
    }
    false
}

/// The `!` behind a name, unless it is that of `!=`.
fn calls_macro(punct: &proc_macro2::Punct) -> bool {
    punct.as_char() == '!' && punct.spacing() == Spacing::Alone
}
