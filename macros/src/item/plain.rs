//! Items without functions: read to their end, which is their semicolon or their braces, and kept as they are.

use super::Other;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::ParseStream;

/// The tokens of one item that is the kind of thing `word` says, up to its end.
pub(super) fn tokens_of_item(word: &str, input: ParseStream) -> syn::Result<TokenStream> {
    parse(word, &input.fork(), input).map(|other| other.tokens)
}

/// Reads from `start`, the item's first token; `input` stands behind its visibility.
pub(super) fn parse(word: &str, start: ParseStream, input: ParseStream) -> syn::Result<Other> {
    let at = input.span();
    let mut tokens = TokenStream::new();
    while start.cursor() != input.cursor() {
        tokens.extend([start.parse::<TokenTree>()?]);
    }
    let ends_with_semicolon = matches!(word, "use" | "const" | "static" | "type" | "let" | "crate");
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && !ends_with_semicolon,
            _ => false,
        };
        tokens.extend([token]);
        if ends {
            break;
        }
    }
    Ok(Other { word: word_span(word, &tokens).unwrap_or(at), tokens, noun: noun(word) })
}

fn word_span(word: &str, tokens: &TokenStream) -> Option<Span> {
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == word => Some(ident.span()),
        _ => None,
    })
}

fn noun(word: &str) -> &'static str {
    match word {
        "struct" => "a struct",
        "enum" => "an enum",
        "union" => "a union",
        "use" => "an import",
        "const" => "a constant",
        "static" => "a static",
        "type" => "a type",
        "let" => "a variable",
        "mod" => "a module in another file",
        "extern" => "an extern block",
        "crate" => "an extern crate",
        "macro_rules" | "macro" => "a macro",
        _ => "this",
    }
}
