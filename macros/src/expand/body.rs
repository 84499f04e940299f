//! The function's braces: guard and body side by side, or the body in a closure or an async block whose value is looked at.

use super::{Context, future, notes, outcome, start};
use crate::model::{Mention, Mode, Rebound, Shape};
use crate::names;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

// Input:  a function that gets a span
// Output: `{ static __TRACED_CALLSITE: .. = ..; let __traced_span = ..; .. }`, in the user's own braces
pub(super) fn body(context: &Context<'_>) -> Option<TokenTree> {
    let notes = notes::notes(context);
    let callsite = start::callsite(context);
    let rest = match &context.traced.shape {
        Shape::Guarded => guarded(context),
        Shape::Observed { output, mode } => observed(context, output, mode),
        Shape::Async { output } => polled(context, output.as_ref()),
        Shape::AsyncNever => endless(context),
    };
    let body = context.traced.function.body.as_ref()?;
    Some(body.around(quote!(#notes #callsite #rest)))
}

fn user_tokens(context: &Context<'_>) -> TokenStream {
    context.traced.function.body.as_ref().map(|body| body.tokens.clone()).unwrap_or_default()
}

// Input:  `fn f(order: Order) { ship(order); }`
// Output: `let __traced_span = P::enter(&__TRACED_CALLSITE); ship(order);`
fn guarded(context: &Context<'_>) -> TokenStream {
    let start = start::statement(context, false);
    let body = user_tokens(context);
    quote!(#start #body)
}

// Input:  `fn f(a: A) -> R { work(a) }`
// Output: `let __traced_span = P::enter(..); let __traced_out = P::call(move || -> R { work(a) }); <tail>`
fn observed(context: &Context<'_>, output: &TokenStream, mode: &Mode) -> TokenStream {
    let (private, out) = (&context.private, names::out());
    let tail = future::tail(context, mode);
    let start = start::statement(context, tail.needs_mut);
    let body = framed(context, None);
    let tail = tail.tokens;
    quote_spanned! {Span::mixed_site()=>
        #start
        let #out = #private::call(move || -> #output #body);
        #tail
    }
}

// Input:  `async fn f(a: A) -> R { work(a).await }`
// Output: `let mut __traced_span = P::start(..);`
//         `let __traced_future = pin!(P::Some(async move { <hint> work(a).await }));`
//         `let __traced_out = P::run(&mut __traced_span, __traced_future).await; <tail>`
fn polled(context: &Context<'_>, output: Option<&TokenStream>) -> TokenStream {
    let (span, out) = (names::span(), names::out());
    let (future, run) = run(context, output.map(|output| hint(&context.private, output)));
    if output.is_none() {
        return quote_spanned!(Span::mixed_site()=> #future #run; #span.end(););
    }
    let tail = outcome::tail(context);
    quote_spanned!(Span::mixed_site()=> #future let #out = #run; #tail)
}

// Input:  `async fn f() -> ! { loop { turn().await } }`
// Output: `.. P::run(&mut __traced_span, __traced_future).await`
fn endless(context: &Context<'_>) -> TokenStream {
    let (future, run) = run(context, None);
    quote!(#future #run)
}

/// The statements that start the span and hold the future, and the expression that runs it.
fn run(context: &Context<'_>, hint: Option<TokenStream>) -> (TokenStream, TokenStream) {
    let (private, span, future) = (&context.private, names::span(), names::future());
    let start = start::statement(context, true);
    let body = framed(context, hint);
    let held = quote_spanned!(Span::mixed_site()=> #start let #future = ::core::pin::pin!(#private::Some(async move #body)););
    (held, quote_spanned!(Span::mixed_site()=> #private::run(&mut #span, #future).await))
}

// Input:  `Result<impl Read, Error>`, written `Result<_, Error>`
// Output: `if false { return P::never::<Result<_, Error>>(); }`, so that the block has this type before its body is looked at
fn hint(private: &TokenStream, output: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=> if false { return #private::never::<#output>(); } }
}

/// The body in the user's braces, behind its prelude and hint.
fn framed(context: &Context<'_>, hint: Option<TokenStream>) -> Option<TokenTree> {
    let body = context.traced.function.body.as_ref()?;
    let (prelude, tokens) = (prelude(context), &body.tokens);
    Some(body.around(quote!(#prelude #hint #tokens)))
}

// Input:  the parameters `a`, `_b` and `mut c: &C`
// Output: `#[allow(clippy::used_underscore_binding)] { let _ = &_b; let _ = &a; } let mut c = c;`
fn prelude(context: &Context<'_>) -> TokenStream {
    let prelude = &context.traced.prelude;
    let mentions = prelude.mentions.iter().map(mention);
    let rebound = prelude
        .rebound
        .iter()
        .map(|Rebound { mutable, ident, cfgs, .. }| quote_spanned!(Span::mixed_site()=> #(#cfgs)* let #mutable #ident = #ident;));
    quote_spanned!(Span::mixed_site()=> #(#mentions)* #(#rebound)*)
}

fn mention(mention: &Mention) -> TokenStream {
    let at = Span::mixed_site();
    match mention {
        Mention::Itself(this) => quote_spanned!(at=> let _ = &#this;),
        Mention::Renamed { index, cfgs } => {
            let ident = names::argument(*index);
            quote_spanned!(at=> #(#cfgs)* let _ = &#ident;)
        }
        Mention::Named { ident, cfgs } if ident.to_string().starts_with('_') => {
            quote_spanned!(at=> #(#cfgs)* #[allow(clippy::used_underscore_binding)] let _ = &#ident;)
        }
        Mention::Named { ident, cfgs } => quote_spanned!(at=> #(#cfgs)* let _ = &#ident;),
    }
}
