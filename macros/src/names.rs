//! Every path and identifier an expansion may mention, once. Paths start at the runtime's `__private`, identifiers with `__traced_`
//! and with the macro's own hygiene, so that neither can meet a name of the user's.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

/// The hygiene of generated local variables, shown at `span` when something about them is wrong.
pub(crate) fn here(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// The started span.
pub(crate) fn span() -> Ident {
    Ident::new("__traced_span", Span::mixed_site())
}

/// The returned type, asked when its value is there.
pub(crate) fn returning() -> Ident {
    Ident::new("__traced_returning", Span::mixed_site())
}

/// What the function's body gave.
pub(crate) fn out() -> Ident {
    Ident::new("__traced_out", Span::mixed_site())
}

/// The writer of attributes.
pub(crate) fn attributes() -> Ident {
    Ident::new("__traced_attributes", Span::mixed_site())
}

/// A parameter that the user left without a name.
pub(crate) fn argument(index: usize) -> Ident {
    format_ident!("__traced_arg{index}", span = Span::mixed_site())
}

/// The module that holds what the compiler shall say about the attribute key number `index`.
pub(crate) fn key_note(index: usize, span: Span) -> Ident {
    format_ident!("__traced_key{index}", span = here(span))
}

// Input:  nothing, or the user's `crate = my::traced`
// Output: `::traced::__private` or `my::traced::__private`
pub(crate) fn private(runtime: Option<&syn::Path>) -> TokenStream {
    if let Some(path) = runtime {
        return quote!(#path::__private);
    }
    let root = Ident::new("traced", Span::mixed_site());
    let private = Ident::new("__private", Span::mixed_site());
    quote!(::#root::#private)
}
