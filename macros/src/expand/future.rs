//! The tail of a function that may return a future without being `async`: the span goes with the future.

use super::{Context, outcome};
use crate::model::{Boxed, Mode};
use crate::names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// A tail, and whether it needs the span to be `mut`.
pub(super) struct Tail {
    pub(super) tokens: TokenStream,
    pub(super) needs_mut: bool,
}

// Input:  `-> impl Future<Output = R>`
// Output: `return P::wrap_future::<R, _, _>(__traced_span, __traced_out, |__traced_span, __traced_out| { <tail of an async fn> });`
// Input:  `-> R`
// Output: <tail of an async fn>
pub(super) fn tail(context: &Context<'_>, mode: &Mode) -> Tail {
    let (private, span, out) = (&context.private, names::span(), names::out());
    let looks_inside = outcome::captures_something(context) || context.traced.outcome.policy.is_some();
    let tokens = match mode {
        Mode::Future { unpin, output } => {
            let function = if *unpin { "wrap_unpin" } else { "wrap_future" };
            let wrapped = wrapped(context, function, output.as_ref());
            quote_spanned!(Span::mixed_site()=> return #wrapped;)
        }
        Mode::Stream => quote_spanned!(Span::mixed_site()=> #private::wrap_stream(#span, #out)),
        Mode::Ask { boxed: Some(Boxed::Future), .. } if looks_inside => {
            let wrapped = wrapped(context, "wrap_future", None);
            quote_spanned!(Span::mixed_site()=> if #span.is_off() { #out } else { #private::Box::pin(#wrapped) })
        }
        Mode::Call | Mode::Ask { .. } => {
            let returning = matches!(mode, Mode::Ask { .. }).then(names::returning);
            return Tail { tokens: outcome::tail(context, returning.as_ref()), needs_mut: outcome::captures_something(context) };
        }
    };
    Tail { tokens, needs_mut: false }
}

// Input:  `wrap_future`, `R`
// Output: `P::wrap_future::<R, _, _>(__traced_span, __traced_out, |__traced_span, __traced_out| { .. })`
fn wrapped(context: &Context<'_>, function: &str, output: Option<&TokenStream>) -> TokenStream {
    let function = Ident::new(function, Span::mixed_site());
    let (private, span, out) = (&context.private, names::span(), names::out());
    let mutable = outcome::captures_something(context).then(|| quote_spanned!(Span::mixed_site()=> mut));
    let tail = outcome::tail(context, None);
    let types = output.map(|output| quote_spanned!(Span::mixed_site()=> ::<#output, _, _>));
    quote_spanned!(Span::mixed_site()=> #private::#function #types (#span, #out, |#mutable #span, #out| { #tail }))
}
