//! The lists of `consumer(..)` and `args(..)`. In: the tokens between the parentheses. Out: the message, the selected parameters.
//! Refuses other words than `link` and `skip`, and lists that select nothing.

use super::Selection;
use super::list;
use super::value::Value;
use crate::error::Errors;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;

/// `MESSAGE` or `MESSAGE, link`
pub(super) fn consumer(key: &Ident, tokens: TokenStream, errors: &mut Errors) -> Option<(Value, bool)> {
    match list::each(tokens, errors, |input| list::value(input, key.span())).as_slice() {
        [message] => Some((message.clone(), false)),
        [message, second] if second.identifier().is_some_and(|word| word == "link") => Some((message.clone(), true)),
        [_, second, ..] => {
            errors.at(second, "unknown second word of `consumer`; write `consumer(MESSAGE)` or `consumer(MESSAGE, link)`");
            None
        }
        [] => {
            errors.at(key, "`consumer` needs the message; write `consumer(MESSAGE)`");
            None
        }
    }
}

/// One element of `args(..)`.
enum Selected {
    Name(Ident),
    Skip(Ident, TokenStream),
}

pub(super) fn selection(key: &Ident, tokens: TokenStream, errors: &mut Errors) -> Selection {
    let (mut named, mut skipped, mut skip) = (Vec::new(), Vec::new(), None);
    for element in list::each(tokens, errors, selected) {
        match element {
            Selected::Name(name) => named.push(name),
            Selected::Skip(word, list) => {
                skipped.extend(list::each(list, errors, |input| input.call(Ident::parse_any)));
                skip = Some(word);
            }
        }
    }
    match &skip {
        Some(skip) if !named.is_empty() => {
            errors.at(skip, "`args` either names parameters or skips some; write `args(a)` or `args(skip(a))`");
        }
        None if named.is_empty() => errors.at(key, "`args()` captures nothing; write `args` or `args(a, b)`"),
        _ => {}
    }
    if skip.is_some() { Selection::AllBut(skipped) } else { Selection::Only(named) }
}

fn selected(input: ParseStream) -> syn::Result<Selected> {
    let name = input.call(Ident::parse_any).map_err(|error| syn::Error::new(error.span(), "expected the name of a parameter"))?;
    if !input.peek(syn::token::Paren) {
        return Ok(Selected::Name(name));
    }
    match input.parse::<TokenTree>()? {
        TokenTree::Group(group) if name == "skip" && group.delimiter() == Delimiter::Parenthesis => {
            Ok(Selected::Skip(name, group.stream()))
        }
        other => Err(syn::Error::new(other.span(), "only `skip(..)` takes a list in `args(..)`")),
    }
}
