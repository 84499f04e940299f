//! What is done with the value of a body: attributes of it, then its outcome, which ends the span and hands the value on.

use super::{Context, values};
use crate::args::Policy;
use crate::model::Captured;
use crate::names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

// Input:  `ret(items = ret.len())`
// Output: `if __traced_span.is_recording() { .. }`
//         `return P::outcome::Kind::finish(<kind of __traced_out>, __traced_span, __traced_out);`
/// `returning`: the type was asked before, and the answer is in this variable.
pub(super) fn tail(context: &Context<'_>, returning: Option<&Ident>) -> TokenStream {
    let captures = captures(context);
    let finish = finish(context, returning);
    quote_spanned!(Span::mixed_site()=> #captures #finish)
}

/// Whether the tail writes attributes, for which the span has to be `mut`.
pub(super) fn captures_something(context: &Context<'_>) -> bool {
    let outcome = &context.traced.outcome;
    !outcome.ret.is_empty() || !outcome.err.is_empty()
}

// Input:  `ret, err(code = err.code())`
// Output: `if __traced_span.is_recording() { if let P::Some(ret) = .. { .. } if let P::Some(err) = .. { .. } }`
fn captures(context: &Context<'_>) -> Option<TokenStream> {
    if !captures_something(context) {
        return None;
    }
    let span = names::span();
    let ret = captured(context, "ret", "ok_value", &context.traced.outcome.ret);
    let err = captured(context, "err", "err_value", &context.traced.outcome.err);
    Some(quote_spanned! {Span::mixed_site()=>
        if #span.is_recording() {
            #ret
            #err
        }
    })
}

// Input:  `ret` and `items = ret.len()`
// Output: `if let P::Some(ret) = P::outcome::Value::new(&__traced_out).ok_value() { let __traced_attributes = ..; <values> }`
fn captured(context: &Context<'_>, name: &str, method: &str, captures: &[Captured]) -> Option<TokenStream> {
    let first = captures.first()?;
    let (private, span, out, attributes) = (&context.private, names::span(), names::out(), names::attributes());
    // The name is the user's: their expression has to see it.
    let name = Ident::new(name, first.key.first);
    let method = Ident::new(method, names::here(first.key.first));
    let values = values::statements(private, captures);
    Some(quote_spanned! {Span::mixed_site()=>
        #[allow(unused_variables)]
        if let #private::Some(#name) = #private::outcome::Value::new(&#out).#method() {
            let #attributes = #span.attributes();
            #values
        }
    })
}

// Input:  a function that returns a `u8`
// Output: `__traced_span.end(); return __traced_out;`
// Input:  `err(if = |e| e.is_fatal())`, on a function that returns a `Result`
// Output: `return P::outcome::Kind::finish_if(.., __traced_span, __traced_out, |e| e.is_fatal());`
// Input:  a function that returns what may be a boxed future
// Output: `return P::outcome::Kind::finish(__traced_returning.traced_shape().traced_kind(), __traced_span, __traced_out);`
// Input:  a function that returns anything else
// Output: `return P::outcome::Kind::finish(P::outcome::of(&__traced_out).traced_shape().traced_kind(), __traced_span, __traced_out);`
// `return`, because the function ends where the user's body does: lints on its end shall not see another.
fn finish(context: &Context<'_>, returning: Option<&Ident>) -> TokenStream {
    let (private, span, out) = (&context.private, names::span(), names::out());
    let outcome = &context.traced.outcome;
    if outcome.plain {
        return quote_spanned!(Span::mixed_site()=> #span.end(); return #out;);
    }
    let of = Ident::new(if outcome.generic_error { "of_generic" } else { "of" }, Span::mixed_site());
    let asked = returning.map_or_else(|| quote_spanned!(Span::mixed_site()=> #private::outcome::#of(&#out)), ToTokens::to_token_stream);
    let kind = quote_spanned!(Span::mixed_site()=> #asked.traced_shape().traced_kind());
    match &outcome.policy {
        None => quote_spanned!(Span::mixed_site()=> return #private::outcome::Kind::finish(#kind, #span, #out);),
        Some(Policy::Ignore) => quote_spanned!(Span::mixed_site()=> return #private::outcome::Kind::finish_ignoring(#kind, #span, #out);),
        // What is wrong with the returned type is reported at the argument that has it.
        Some(Policy::If(predicate)) => {
            let out = Ident::new(&out.to_string(), names::here(predicate.first));
            quote_spanned!(Span::mixed_site()=> return #private::outcome::Kind::finish_if(#kind, #span, #out, #predicate);)
        }
    }
}
