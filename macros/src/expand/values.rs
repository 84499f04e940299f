//! Attributes to calls: one statement a value, every token of it shown at the user's expression, so that a value that cannot be recorded
//! is underlined there.

use super::Context;
use crate::args::{Conversion, Value};
use crate::model::Captured;
use crate::names;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

// Input:  `order.total`
// Output: `&(order.total)`
pub(super) fn reference(value: &Value) -> TokenStream {
    let mut and = Punct::new('&', Spacing::Alone);
    and.set_span(names::here(value.first));
    let mut group = Group::new(Delimiter::Parenthesis, value.to_token_stream());
    group.set_span(names::here(value.last));
    [TokenTree::Punct(and), TokenTree::Group(group)].into_iter().collect()
}

// Input:  `attributes(order.id = order.id, total = %order.total)`
// Output: `|__traced_attributes| { <values> }`
pub(super) fn closure(context: &Context<'_>) -> TokenStream {
    let attributes = names::attributes();
    let values = statements(&context.private, &context.traced.captures);
    quote_spanned!(Span::mixed_site()=> |#attributes| { #values })
}

/// Whoever captures `_name` means it.
fn underscored(value: &Value) -> Option<TokenStream> {
    let underscored = value.identifier().is_some_and(|ident| ident.to_string().starts_with('_'));
    underscored.then(|| quote_spanned!(Span::mixed_site()=> #[allow(clippy::used_underscore_binding)]))
}

// Input:  the captures `order.id = order.id`, `total = %order.total`
// Output: `P::value::Capture::new(&(order.id)).traced_capture(__traced_attributes, "order.id");`
//         `P::value::display(__traced_attributes, "total", &(order.total));`
pub(super) fn statements(private: &TokenStream, captures: &[Captured]) -> TokenStream {
    let values = captures.iter().map(|captured| statement(private, captured));
    quote_spanned!(Span::mixed_site()=> #(#values)*)
}

fn statement(private: &TokenStream, captured: &Captured) -> TokenStream {
    let Captured { key, value, conversion, cfgs } = captured;
    let (key, attributes, at) = (&key.text, names::attributes(), names::here(value.first));
    let reference = reference(value);
    let call = |function: &str| {
        let function = Ident::new(function, at);
        quote_spanned!(at=> #private::value::#function(#attributes, #key, #reference);)
    };
    let statement = match conversion {
        Conversion::Best => quote_spanned!(at=> #private::value::Capture::new(#reference).traced_capture(#attributes, #key);),
        Conversion::Display => call("display"),
        Conversion::Debug => call("debug"),
        Conversion::Redacted => quote_spanned!(at=> #private::value::redacted(#attributes, #key);),
    };
    let lint = underscored(value);
    quote_spanned!(at=> #(#cfgs)* #lint #statement)
}
