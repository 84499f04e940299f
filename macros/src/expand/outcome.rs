//! What is done with the value of a body: attributes of it, then its outcome, which ends the span and hands the value on.

use super::{Context, values};
use crate::args::Policy;
use crate::model::Captured;
use crate::names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

// Input:  `ret(items = ret.len())`
// Output: `if __traced_span.is_recording() { .. } return { use P::outcome::traits::*; (&&&&&&&&..).kind().finish(__traced_span, __traced_out) };`
pub(super) fn tail(context: &Context<'_>) -> TokenStream {
    let captures = captures(context);
    let finish = finish(context);
    quote_spanned!(Span::mixed_site()=> #captures #finish)
}

/// Whether the tail writes attributes, for which the span has to be `mut`.
pub(super) fn captures_something(context: &Context<'_>) -> bool {
    let outcome = &context.traced.outcome;
    !outcome.ret.is_empty() || !outcome.err.is_empty()
}

// Input:  `ret, err(code = err.code())`
// Output: `if __traced_span.is_recording() { use ..; if let P::Some(ret) = .. { .. } if let P::Some(err) = .. { .. } }`
fn captures(context: &Context<'_>) -> Option<TokenStream> {
    if !captures_something(context) {
        return None;
    }
    let (private, span) = (&context.private, names::span());
    let ret = captured(private, "ret", "ok_value", &context.traced.outcome.ret);
    let err = captured(private, "err", "err_value", &context.traced.outcome.err);
    Some(quote_spanned! {Span::mixed_site()=>
        if #span.is_recording() {
            use #private::outcome::traits::*;
            #ret
            #err
        }
    })
}

// Input:  `ret` and `items = ret.len()`
// Output: `if let P::Some(ret) = (&P::outcome::Returned::new(&__traced_out)).ok_value() { let __traced_attributes = ..; <values> }`
fn captured(private: &TokenStream, name: &str, method: &str, captures: &[Captured]) -> Option<TokenStream> {
    let first = captures.first()?;
    let (span, out, attributes) = (names::span(), names::out(), names::attributes());
    // The name is the user's: their expression has to see it.
    let name = Ident::new(name, first.key.first);
    let method = Ident::new(method, names::here(first.key.first));
    let values = values::statements(private, captures);
    Some(quote_spanned! {Span::mixed_site()=>
        #[allow(unused_variables)]
        if let #private::Some(#name) = (&#private::outcome::Returned::new(&#out)).#method() {
            let #attributes = #span.attributes();
            #values
        }
    })
}

// Input:  a function that returns a `u8`
// Output: `__traced_span.end(); return __traced_out;`
// Input:  `err(if = |e| e.is_fatal())`, on a function that returns a `Result`
// Output: `return { use P::outcome::traits::*; (&&&&&&&&P::outcome::Returned::new(&__traced_out)).kind().finish_if(__traced_span, __traced_out, |e| e.is_fatal()) };`
// Three `&` fewer pass over the steps that ask whether the error is a `std::error::Error`.
// `return`, because the function ends where the user's body does: lints on its end shall not see another.
fn finish(context: &Context<'_>) -> TokenStream {
    let (private, span, out) = (&context.private, names::span(), names::out());
    if context.traced.outcome.plain {
        return quote_spanned!(Span::mixed_site()=> #span.end(); return #out;);
    }
    let call = match &context.traced.outcome.policy {
        None => quote_spanned!(Span::mixed_site()=> finish(#span, #out)),
        Some(Policy::Ignore) => quote_spanned!(Span::mixed_site()=> finish_ignoring(#span, #out)),
        Some(Policy::If(predicate)) => {
            let method = Ident::new("finish_if", names::here(predicate.first));
            quote_spanned!(Span::mixed_site()=> #method(#span, #out, #predicate))
        }
    };
    let steps = if context.traced.outcome.generic_error { quote!(&&&&&) } else { quote!(&&&&&&&&) };
    quote_spanned! {Span::mixed_site()=>
        return { use #private::outcome::traits::*; (#steps #private::outcome::Returned::new(&#out)).kind().#call };
    }
}
