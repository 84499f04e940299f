//! Warnings about attribute keys, on stable: a deprecated field, set from the key's first token to its last. It is an ordinary lint, so
//! `#![allow(deprecated)]` silences it and `#![deny(deprecated)]` makes it an error.

use super::Context;
use crate::args::Key;
use crate::names;
use crate::semconv::{self, Advice};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

// Input:  the key `http.status_code`
// Output: `mod __traced_key0 { pub(super) struct Key { #[deprecated(note = "..")] pub(super) renamed: () } }`
//         `const _: __traced_key0::Key = __traced_key0::Key { renamed: () };`
pub(super) fn notes(context: &Context<'_>) -> TokenStream {
    let outcome = &context.traced.outcome;
    let captures = context.traced.captures.iter().chain(&outcome.ret).chain(&outcome.err);
    captures.enumerate().filter_map(|(index, captured)| note(index, &captured.key)).collect()
}

fn note(index: usize, key: &Key) -> Option<TokenStream> {
    let (name, text) = match semconv::advise(&key.text)? {
        Advice::Renamed(text) => ("renamed", text),
        Advice::Misspelt(text) => ("misspelt", text),
    };
    let (first, last) = (names::here(key.first), names::here(key.last));
    let module = names::key_note(index, key.first);
    let field = Ident::new(name, first);
    // Of all that can be deprecated, a field that is set is underlined from its name to the end of its value.
    let value = quote_spanned!(last=> ());
    Some(quote_spanned! {first=>
        mod #module {
            #[allow(dead_code)]
            pub(super) struct Key {
                #[deprecated(note = #text)]
                pub(super) #field: (),
            }
        }
        const _: #module::Key = #module::Key { #field: #value };
    })
}
