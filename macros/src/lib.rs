//! The `#[traced]` attribute of the crate `traced`; an implementation detail of it, to be used through it.
//!
//! A use of the attribute goes through these modules, one after the other:
//!
//! * `args`: the attribute's tokens to `Args`: spelling, shapes, duplicates, arguments that exclude each other;
//! * `item`: the item's tokens to `Item`: a function, or a block of functions; bodies are never parsed;
//! * `model`: both to `Node`: the checks that need both, and for each function what its expansion consists of;
//! * `expand`: `Node` to tokens, in the names of `names`; `semconv` knows which attribute names deserve a warning;
//! * `error` collects what is wrong on the way; then the errors are reported, and the item is written without spans.
//!
//! What an expansion looks like is in `expansions/`, compared by a test; the reference of the attribute is `src/traced.md`.

mod args;
mod error;
mod expand;
#[cfg(test)]
mod expansions;
mod item;
mod model;
mod names;
mod semconv;

use error::Errors;
use proc_macro2::TokenStream;
use quote::quote;

/// Gives a function, or every function of a block, a span.
///
/// The reference of its arguments is in the documentation of the crate `traced`.
#[proc_macro_attribute]
pub fn traced(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    attribute(args.into(), item.into()).into()
}

// Input:  `name = "work"` and `fn f() { .. }`
// Output: the function with a span, or errors and the function
fn attribute(args: TokenStream, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let args = args::parse(args, &mut errors);
    match item::parse(tokens.clone()) {
        Ok(item) => {
            let node = model::resolve(&args, item, &mut errors);
            errors.report(|| expand::expand(&node), || expand::plain(&node))
        }
        Err(error) => {
            errors.push(error);
            errors.report(|| quote!(), || tokens)
        }
    }
}
