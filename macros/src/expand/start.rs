//! The literal that describes the span, and the statement that starts it.

use super::{Context, values};
use crate::args::{Place, Value};
use crate::model::{Mode, Shape, Site, Written};
use crate::names;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

// Input:  the span `checkout`
// Output: `&P::Site { name: "checkout", scope: "package", .. }, || {}`: where the span starts, and a closure that is there too
fn here(context: &Context<'_>) -> TokenStream {
    let private = &context.private;
    let Site { name, kind, scope, leaf, none_is_error } = &context.traced.site;
    let kind = Ident::new(&variant(kind), Span::mixed_site());
    let (package, version) = package();
    let scope = scope.as_ref().unwrap_or(&package);
    let line = line(context.traced.function.sig.ident.span());
    quote_spanned! {Span::mixed_site()=>
        &#private::Site {
            name: #name,
            scope: #scope,
            version: #version,
            file: ::core::file!(),
            line: #line,
            kind: #private::SpanKind::#kind,
            leaf: #leaf,
            none_is_error: #none_is_error,
        },
        || {}
    }
}

fn variant(kind: &str) -> String {
    kind[..1].to_uppercase() + &kind[1..]
}

/// Name and version of the annotated crate; empty if cargo does not build it.
fn package() -> (String, String) {
    if cfg!(test) {
        return ("package".to_owned(), "1.2.3".to_owned());
    }
    let variable = |name| std::env::var(name).unwrap_or_default();
    (variable("CARGO_PKG_NAME"), variable("CARGO_PKG_VERSION"))
}

/// `line!()` would be the line of the attribute.
fn line(span: Span) -> u32 {
    if proc_macro::is_available() { u32::try_from(span.unwrap().line()).unwrap_or(0) } else { 0 }
}

// Input:  nothing but defaults
// Output: `let __traced_span = P::enter(&P::Site { .. }, || {});`
// Input:  nothing but defaults, on a function that may return a future
// Output: `let __traced_returning = <question>; let __traced_span = P::enter_as(&__traced_returning, &P::Site { .. }, || {});`
// Input:  `when = condition, root`
// Output: `let __traced_span = if P::enabled() && (condition) { P::Start::new(..).root(false).enter() } else { P::Entered::OFF };`
pub(super) fn statement(context: &Context<'_>, needs_mut: bool) -> TokenStream {
    let (private, span) = (&context.private, names::span());
    let is_async = matches!(context.traced.shape, Shape::Async { .. } | Shape::AsyncNever);
    let (method, ty) = if is_async { ("start", "Span") } else { ("enter", "Entered") };
    let (method, ty) = (Ident::new(method, Span::mixed_site()), Ident::new(ty, Span::mixed_site()));
    let mutable = needs_mut.then(|| quote_spanned!(Span::mixed_site()=> mut));
    let (question, mode, steps) = (question(context), mode(context), steps(context));
    let when = context.traced.start.when.as_ref();
    let here = here(context);
    if steps.is_empty() && when.is_none() && !writes(context) {
        let start = match mode {
            None => quote_spanned!(Span::mixed_site()=> #private::#method(#here)),
            Some(mode) => quote_spanned!(Span::mixed_site()=> #private::enter_as(#mode, #here)),
        };
        return quote_spanned!(Span::mixed_site()=> #question let #mutable #span = #start;);
    }
    let mode = mode.map(|mode| quote_spanned!(Span::mixed_site()=> .mode(#mode)));
    let when = when.map(|condition| quote_spanned!(names::here(condition.last)=> && (#condition)));
    let start = quote_spanned!(Span::mixed_site()=> #private::Start::new(#here) #mode #(#steps)* .#method());
    let owned = owned_message(context);
    let start = written(context, start);
    quote_spanned! {Span::mixed_site()=>
        #owned
        #question
        let #mutable #span = if #private::enabled() #when { #start } else { #private::#ty::OFF };
    }
}

/// Every token of the step is shown at the user's expression, from its first to its last.
fn step(method: &str, value: &Value, argument: impl FnOnce(Span) -> TokenStream) -> TokenStream {
    let (first, last) = (names::here(value.first), names::here(value.last));
    let method = Ident::new(method, first);
    let argument = argument(last);
    quote_spanned!(last=> .#method(#argument))
}

fn by_reference(method: &str, value: &Value) -> TokenStream {
    step(method, value, |_| values::reference(value))
}

// Input:  `root(link), link = other, attributes(a = 1)`
// Output: `.root(true)`, `.link(&(other))`, `.attributes(&mut |__traced_attributes| { .. })`
fn steps(context: &Context<'_>) -> Vec<TokenStream> {
    let (private, start) = (&context.private, &context.traced.start);
    let mut steps = Vec::new();
    if let Some(name) = &start.name {
        steps.push(step("name", name, |last| {
            let span_name = quote_spanned!(last=> #private::name(#name));
            quote_spanned!(last=> &|| #span_name)
        }));
    }
    steps.extend(start.place.as_ref().map(place_step));
    if let Some((message, link_only)) = &start.consumer {
        let reference = values::reference(message);
        steps.push(step("consumer", message, |last| quote_spanned!(last=> #reference, #link_only)));
    }
    steps.extend(start.producer.as_ref().map(producer_step));
    steps.extend(start.link.as_ref().map(|value| by_reference("link", value)));
    steps.extend(start.links.as_ref().map(|value| step("links", value, |_| quote!(#value))));
    if !context.traced.captures.is_empty() {
        let values = values::closure(context);
        steps.push(quote_spanned!(Span::mixed_site()=> .attributes(&mut #values)));
    }
    steps
}

// Input:  `-> Reply`, which may be an alias of a boxed future
// Output: `let __traced_returning = P::outcome::Returning::<Reply>::new().traced_when();`
fn question(context: &Context<'_>) -> Option<TokenStream> {
    let (Shape::Observed { mode: Mode::Ask { ty, .. }, .. }, private) = (&context.traced.shape, &context.private) else {
        return None;
    };
    let returning = names::returning();
    let of = Ident::new(if context.traced.outcome.generic_error { "ReturningGeneric" } else { "Returning" }, Span::mixed_site());
    Some(quote_spanned!(Span::mixed_site()=> let #returning = #private::outcome::#of::<#ty>::new().traced_when();))
}

// Input:  the same
// Output: `&__traced_returning`
fn mode(context: &Context<'_>) -> Option<TokenStream> {
    let (Shape::Observed { mode, .. }, private) = (&context.traced.shape, &context.private) else {
        return None;
    };
    let returning = names::returning();
    match mode {
        Mode::Call => None,
        Mode::Ask { .. } => Some(quote_spanned!(Span::mixed_site()=> &#returning)),
        Mode::Future { .. } | Mode::Stream => Some(quote_spanned!(Span::mixed_site()=> #private::Mode::Future)),
    }
}

fn place_step(place: &Place) -> TokenStream {
    match place {
        Place::Parent(value) => by_reference("parent", value),
        Place::From(value) => by_reference("from", value),
        Place::Root { link } => quote_spanned!(Span::mixed_site()=> .root(#link)),
        Place::Current => quote_spanned!(Span::mixed_site()=> .current()),
    }
}

fn producer_step(message: &Written) -> TokenStream {
    match message {
        Written::Place(value) => by_reference("producer", value),
        Written::Reference(value) => step("producer", value, |last| quote_spanned!(last=> &*#value)),
        Written::Reborrowed(name) => quote_spanned!(names::here(name.span())=> .producer(&*#name)),
        Written::Owned(name) => quote_spanned!(names::here(name.span())=> .producer(&#name)),
    }
}

fn writes(context: &Context<'_>) -> bool {
    context.traced.start.into.is_some() || context.traced.start.producer.is_some()
}

/// `let mut record = record;` for a parameter by value that the context is written into.
fn owned_message(context: &Context<'_>) -> Option<TokenStream> {
    match &context.traced.start.producer {
        Some(Written::Owned(name)) => Some(quote_spanned!(Span::mixed_site()=> let mut #name = #name;)),
        _ => None,
    }
}

// Input:  `P::Start::new(..).enter()` and `into = &mut headers`
// Output: `let mut __traced_span = P::Start::new(..).enter(); __traced_span.inject(&mut headers); __traced_span`
fn written(context: &Context<'_>, start: TokenStream) -> TokenStream {
    if !writes(context) {
        return start;
    }
    let span = names::span();
    let into = context.traced.start.into.as_ref().map(|carrier| {
        let call = step("inject", carrier, |_| quote!(#carrier));
        quote_spanned!(names::here(carrier.last)=> #span #call;)
    });
    let message = context.traced.start.producer.as_ref().map(|message| {
        let call = match message {
            Written::Place(value) => step("inject_message", value, |last| quote_spanned!(last=> &mut (#value))),
            Written::Reference(value) => step("inject_message", value, |_| quote!(#value)),
            Written::Reborrowed(name) => quote_spanned!(names::here(name.span())=> .inject_message(&mut *#name)),
            Written::Owned(name) => quote_spanned!(names::here(name.span())=> .inject_message(&mut #name)),
        };
        quote_spanned!(Span::mixed_site()=> #span #call;)
    });
    quote_spanned! {Span::mixed_site()=> let mut #span = #start; #into #message #span }
}
