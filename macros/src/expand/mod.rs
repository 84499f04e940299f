//! [`Node`] to tokens. Nothing is decided or refused here: one file for each part of an expansion, each a template over what `model`
//! recorded. `plain` writes the same tree without spans, for the case that there were errors.

mod body;
mod future;
mod lints;
mod notes;
mod outcome;
mod signature;
mod start;
mod values;

use crate::item::Block;
use crate::model::{Node, Traced};
use crate::names;
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote};

/// What the parts of one function's expansion share.
struct Context<'a> {
    traced: &'a Traced,
    /// The runtime's `__private`.
    private: TokenStream,
}

// Input:  an item with what is to be done with it
// Output: the item, its functions traced
pub(crate) fn expand(node: &Node) -> TokenStream {
    match node {
        Node::Traced(traced) => function(traced),
        Node::Untraced(function) => signature::untraced(function),
        Node::Block(inner, nodes) => block(inner, nodes.iter().map(expand)),
        Node::Other(tokens) => tokens.clone(),
    }
}

// Input:  the same
// Output: the item without the attribute's own attributes
pub(crate) fn plain(node: &Node) -> TokenStream {
    match node {
        Node::Traced(traced) => signature::untraced(&traced.function),
        Node::Untraced(function) => signature::untraced(function),
        Node::Block(inner, nodes) => block(inner, nodes.iter().map(plain)),
        Node::Other(tokens) => tokens.clone(),
    }
}

// Input:  a block and its items
// Output: `impl Type { fn a() { .. } fn b() { .. } }`
fn block(block: &Block, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut tokens = TokenStream::new();
    for attribute in &block.inner {
        attribute.to_tokens(&mut tokens);
    }
    tokens.extend(items);
    let mut group = Group::new(Delimiter::Brace, tokens);
    group.set_span(block.braces);
    let header = &block.header;
    quote!(#header #group)
}

// Input:  a function that gets a span
// Output: `#[doc = ".."] pub fn f(a: A) -> R { .. }`
fn function(traced: &Traced) -> TokenStream {
    let context = Context { traced, private: names::private(traced.runtime.as_ref()) };
    let signature = signature::traced(traced);
    let body = body::body(&context);
    quote!(#signature #body)
}
