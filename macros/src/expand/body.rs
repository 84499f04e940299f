//! The function's braces: guard and body side by side, or the body in a block, a closure or an async block whose value is looked at.

use super::{Context, future, lints, notes, outcome, start};
use crate::item::Body;
use crate::model::{Frame, Mention, Mode, Rebound, Shape};
use crate::names;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

// Input:  a function that gets a span
// Output: `{ let __traced_span = ..; .. }`, in the user's own braces
pub(super) fn body(context: &Context<'_>) -> Option<TokenTree> {
    let notes = notes::notes(context);
    let rest = match &context.traced.shape {
        Shape::Guarded => guarded(context),
        Shape::Observed { output, mode, frame } => observed(context, output, mode, *frame),
        Shape::Async { output } => polled(context, output.as_ref()),
        Shape::AsyncNever => endless(context),
    };
    let body = context.traced.function.body.as_ref()?;
    let tokens = quote!(#notes #rest);
    let items_behind_start = body.may_begin_with_items && matches!(context.traced.shape, Shape::Guarded);
    let shown_as_ours = items_behind_start || is_canonical(&context.traced.function.sig.ident, body);
    Some(if shown_as_ours { body.around_shown_as_ours(tokens) } else { body.around(tokens) })
}

/// A body that clippy wants to be just so, and would no longer recognise: `non_canonical_partial_ord_impl`, `non_canonical_clone_impl`.
fn is_canonical(name: &Ident, body: &Body) -> bool {
    let text = || body.tokens.to_string().split_whitespace().collect::<String>();
    (name == "partial_cmp" && text().starts_with("Some(self.cmp(")) || (name == "clone" && text() == "*self")
}

// Input:  `fn f(order: Order) { ship(order); }`
// Output: `let __traced_span = P::enter(&P::Site { .. }, || {}); ship(order);`
fn guarded(context: &Context<'_>) -> TokenStream {
    let start = start::statement(context, false);
    let body = context.traced.function.body.as_ref();
    let (items, tokens) = (body.map(|body| &body.items), body.map(|body| &body.tokens));
    quote!(#items #start #tokens)
}

// Input:  `fn f(a: A) -> R { work(a) }`
// Output: `let __traced_span = P::enter(..); let __traced_out: R = { (); work(a) }; #[allow(unreachable_code)] <tail>`
// Input:  `fn f(a: A) -> R { work(a?) }`
// Output: `let __traced_span = P::enter(..); let __traced_out = P::call(move || -> R { work(a?) }); <tail>`
fn observed(context: &Context<'_>, output: &TokenStream, mode: &Mode, around: Frame) -> TokenStream {
    let (private, out) = (&context.private, names::out());
    let future::Tail { tokens: tail, needs_mut } = future::tail(context, mode);
    let start = start::statement(context, needs_mut);
    match around {
        Frame::Block => {
            // A statement, because rustc finds the braces of a single expression unnecessary.
            let braces = frame(context, |_| TokenStream::new(), Some(&quote_spanned!(Span::mixed_site()=> ();)));
            quote_spanned!(Span::mixed_site()=> #start let #out: #output = #braces; #[allow(unreachable_code)] #tail)
        }
        Frame::Closure => {
            let lints = lints::allowed_on_closure(output);
            let closure = frame(context, |open| quote_spanned!(open=> move || -> #output), None);
            quote_spanned!(Span::mixed_site()=> #start #lints let #out = #private::call(#closure); #tail)
        }
    }
}

// Input:  `async fn f(a: A) -> R { work(a).await }`
// Output: `let __traced_span = P::start(..);`
//         `let (__traced_span, __traced_out) = P::run(__traced_span, async move { <hint> work(a).await }).await; <tail>`
fn polled(context: &Context<'_>, output: Option<&TokenStream>) -> TokenStream {
    let (span, out) = (names::span(), names::out());
    let hint = output.map(|output| hint(&context.private, output));
    let (start, run) = run(context, hint.as_ref());
    if output.is_none() {
        return quote_spanned!(Span::mixed_site()=> #start let (#span, ()) = #run; #span.end(););
    }
    let mutable = outcome::captures_something(context).then(|| quote_spanned!(Span::mixed_site()=> mut));
    let tail = outcome::tail(context, None);
    quote_spanned!(Span::mixed_site()=> #start let (#mutable #span, #out) = #run; #tail)
}

// Input:  `async fn f() -> ! { loop { turn().await } }`
// Output: `.. P::run(__traced_span, async move { loop { turn().await } }).await.1`
fn endless(context: &Context<'_>) -> TokenStream {
    let (start, run) = run(context, None);
    quote_spanned!(Span::mixed_site()=> #start #run.1)
}

/// The statement that starts the span, and the expression that runs the body inside it.
fn run(context: &Context<'_>, hint: Option<&TokenStream>) -> (TokenStream, TokenStream) {
    let (private, span) = (&context.private, names::span());
    let start = start::statement(context, false);
    let frame = frame(context, |open| quote_spanned!(open=> async move), hint);
    (start, quote_spanned!(Span::mixed_site()=> #private::run(#span, #frame).await))
}

// Input:  `Result<impl Read, Error>`, written `Result<_, Error>`
// Output: `if false { return P::never::<Result<_, Error>>(); }`, so that the block has this type before its body is looked at
fn hint(private: &TokenStream, output: &TokenStream) -> TokenStream {
    let returned = output.clone().into_iter().next().map_or_else(Span::mixed_site, |token| names::here(token.span()));
    quote_spanned! {returned=> if false { return #private::never::<#output>(); } }
}

// Input:  `move || -> R`
// Output: `move || -> R { <items> <prelude> <first> <body> }`, in the user's braces
/// The words in front are shown at the user's brace: to lints that look at the end of a function, this is the function.
fn frame(context: &Context<'_>, words: impl FnOnce(Span) -> TokenStream, first: Option<&TokenStream>) -> Option<TokenStream> {
    let body = context.traced.function.body.as_ref()?;
    let words = words(body.open);
    let (prelude, items, tokens) = (prelude(context), &body.items, &body.tokens);
    let tokens = quote!(#items #prelude #first #tokens);
    let braces = if body.may_begin_with_items { body.around_shown_as_ours(tokens) } else { body.around(tokens) };
    Some(quote!(#words #braces))
}

// Input:  the parameters `a`, `_b` and `mut c: &C`
// Output: `#[allow(clippy::used_underscore_binding)] { let _ = &_b; let _ = &a; } let mut c = c;`
fn prelude(context: &Context<'_>) -> TokenStream {
    let prelude = &context.traced.prelude;
    let mentions = prelude.mentions.iter().map(mention);
    let rebound = prelude
        .rebound
        .iter()
        .map(|Rebound { mutable, ident, cfgs, .. }| quote_spanned!(Span::mixed_site()=> #(#cfgs)* #[allow(clippy::shadow_same)] let #mutable #ident = #ident;));
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
