//! Everything of a function in front of its braces: the user's tokens, untouched but for parameters that have to change their form.

use super::lints;
use crate::item::Function;
use crate::model::Traced;
use crate::names;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{FnArg, Pat, PatIdent, Signature};

// Input:  a function
// Output: the function
pub(super) fn untraced(function: &Function) -> TokenStream {
    let head = head(function, &function.sig);
    let body = function.body.as_ref().map(|body| body.around(body.items.clone().into_iter().chain(body.tokens.clone()).collect()));
    let semicolon = body.is_none().then(|| quote!(;));
    quote!(#head #body #semicolon)
}

// Input:  `#[inline] pub async fn f<T>(mut a: &T, _: B) -> R` with `a` rebound and `_` mentioned in the body
// Output: `#[inline] pub async fn f<T>(a: &T, __traced_arg1: B) -> R`
pub(super) fn traced(traced: &Traced) -> TokenStream {
    let (prelude, lints) = (&traced.prelude, lints::allowed(traced));
    if prelude.rebound.is_empty() && prelude.renamed.is_empty() {
        let head = head(&traced.function, &traced.function.sig);
        return quote!(#lints #head);
    }
    let mut sig = traced.function.sig.clone();
    for rebound in &prelude.rebound {
        if let Some(Pat::Ident(pattern)) = pattern(&mut sig, rebound.index) {
            pattern.mutability = None;
        }
    }
    for index in &prelude.renamed {
        if let Some(pattern) = pattern(&mut sig, *index) {
            let ident = names::argument(*index);
            *pattern = Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None });
        }
    }
    let head = head(&traced.function, &sig);
    quote!(#lints #head)
}

fn pattern(sig: &mut Signature, index: usize) -> Option<&mut Pat> {
    match sig.inputs.get_mut(index)? {
        FnArg::Typed(typed) => Some(&mut typed.pat),
        FnArg::Receiver(_) => None,
    }
}

// Input:  a function and its signature
// Output: `#[doc = ".."] pub default fn f(a: A) -> R`
fn head(function: &Function, sig: &Signature) -> TokenStream {
    let mut tokens = TokenStream::new();
    for attribute in &function.attrs {
        attribute.to_tokens(&mut tokens);
    }
    function.vis.to_tokens(&mut tokens);
    function.default.to_tokens(&mut tokens);
    sig.to_tokens(&mut tokens);
    tokens
}
