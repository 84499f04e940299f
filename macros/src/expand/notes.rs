//! Warnings about attribute keys, on stable: a deprecated constant, used at the key. It is an ordinary lint, so `#![allow(deprecated)]`
//! silences it and `#![deny(deprecated)]` makes it an error.

use super::Context;
use crate::args::Key;
use crate::names;
use crate::semconv::{self, Advice};
use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;

// Input:  the key `http.status_code`
// Output: `mod __traced_key0 { #[deprecated(note = "..")] pub(super) const RENAMED: () = (); } const _: () = __traced_key0::RENAMED;`
pub(super) fn notes(context: &Context<'_>) -> TokenStream {
    let outcome = &context.traced.outcome;
    let captures = context.traced.captures.iter().chain(&outcome.ret).chain(&outcome.err);
    captures.enumerate().filter_map(|(index, captured)| note(index, &captured.key)).collect()
}

fn note(index: usize, key: &Key) -> Option<TokenStream> {
    let (name, text) = match semconv::advise(&key.text)? {
        Advice::Renamed(text) => ("RENAMED", text),
        Advice::Misspelt(text) => ("MISSPELT", text),
    };
    let module = names::key_note(index, key.first);
    let constant = Ident::new(name, names::here(key.last));
    Some(quote_spanned! {names::here(key.first)=>
        mod #module {
            #[deprecated(note = #text)]
            pub(super) const #constant: () = ();
        }
        const _: () = #module::#constant;
    })
}
