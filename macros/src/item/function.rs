//! A function: attributes, visibility, signature, and the body as one group of tokens. Takes out what is the attribute's own
//! (`#[traced(..)]` in an annotated block, `#[attr]` on parameters) and moves the body's inner attributes to the function.

use super::{Head, Item, parameters, plain};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, FnArg, Signature, Token, Visibility};

/// A function, method or trait method.
pub(crate) struct Function {
    /// `#[traced(..)]` on a method of an annotated block.
    pub(crate) own: Vec<Attribute>,
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) default: Option<Token![default]>,
    pub(crate) sig: Signature,
    /// `#[attr]` of each of `sig.inputs`.
    pub(crate) captures: Vec<Vec<Attribute>>,
    /// `None`: a declaration.
    pub(crate) body: Option<Body>,
}

/// The braces of a function and what is in them.
pub(crate) struct Body {
    pub(crate) braces: Span,
    /// Where they begin.
    pub(crate) open: Span,
    /// The items the body begins with: a statement in front of them would be a finding of `clippy::items_after_statements`.
    pub(crate) items: TokenStream,
    pub(crate) tokens: TokenStream,
    /// Whether it may begin with items that only the compiler sees, behind a macro that may be nothing.
    pub(crate) may_begin_with_items: bool,
}

impl Body {
    /// The user's own braces around other tokens.
    pub(crate) fn around(&self, tokens: TokenStream) -> TokenTree {
        let mut group = Group::new(Delimiter::Brace, tokens);
        group.set_span(self.braces);
        group.into()
    }

    /// The same, but to lints the braces are the macro's.
    pub(crate) fn around_shown_as_ours(&self, tokens: TokenStream) -> TokenTree {
        let mut group = Group::new(Delimiter::Brace, tokens);
        group.set_span(Span::mixed_site().located_at(self.braces));
        group.into()
    }
}

impl Function {
    /// The `const` or the attribute that makes tracing impossible, and why.
    pub(crate) fn obstacle(&self) -> Option<(Span, &'static str)> {
        if let Some(constness) = &self.sig.constness {
            return Some((
                constness.span,
                "a `const fn` cannot be traced, it may run while the program is compiled; remove `const` or `#[traced]`",
            ));
        }
        let naked = self.attrs.iter().find(|attribute| is_naked(attribute))?.path().segments.first()?;
        Some((naked.ident.span(), "a naked function cannot be traced, its body is one `naked_asm!`; remove `#[traced]`"))
    }

    pub(crate) fn has_attribute(&self, name: &str) -> bool {
        self.attrs.iter().any(|attribute| attribute.path().is_ident(name))
    }
}

fn is_naked(attribute: &Attribute) -> bool {
    let inner = || attribute.meta.require_list().ok().and_then(|list| syn::parse2::<syn::Ident>(list.tokens.clone()).ok());
    attribute.path().is_ident("naked") || (attribute.path().is_ident("unsafe") && inner().is_some_and(|ident| ident == "naked"))
}

/// Whether it is this attribute: `traced`, or a path that ends so.
pub(crate) fn is_traced(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == "traced")
}

/// Reads from the modifiers on.
pub(super) fn parse(head: Head, input: ParseStream) -> syn::Result<Item> {
    let default = if input.peek(Token![default]) { Some(input.parse()?) } else { None };
    let mut sig: Signature = input.parse()?;
    let captures = sig.inputs.iter_mut().map(take_captures).collect();
    let (own, mut attrs): (Vec<_>, _) = head.attrs.into_iter().partition(is_traced);
    let body = body(input, &mut attrs)?;
    Ok(Item::Function(Box::new(Function { own, attrs, vis: head.vis, default, sig, captures, body })))
}

fn take_captures(argument: &mut FnArg) -> Vec<Attribute> {
    let attrs = match argument {
        FnArg::Receiver(receiver) => &mut receiver.attrs,
        FnArg::Typed(typed) => &mut typed.attrs,
    };
    let (captures, others) = std::mem::take(attrs).into_iter().partition(parameters::is_attr);
    *attrs = others;
    captures
}

fn body(input: ParseStream, attrs: &mut Vec<Attribute>) -> syn::Result<Option<Body>> {
    if input.parse::<Option<Token![;]>>()?.is_some() {
        return Ok(None);
    }
    let token: TokenTree = input.parse().map_err(|error| syn::Error::new(error.span(), "expected the function's body"))?;
    match braces(&token) {
        Some(group) => {
            let (braces, open) = (group.span(), group.span_open());
            let tokens = hoist_inner_attributes(group.stream(), attrs)?;
            let (items, tokens) = leading_items(tokens);
            let may_begin_with_items = may_begin_with_items(&tokens);
            Ok(Some(Body { braces, open, items, tokens, may_begin_with_items }))
        }
        None => Err(syn::Error::new(token.span(), "expected the function's body")),
    }
}

/// The group in braces, out of the invisible delimiters of a `$body:block`.
fn braces(token: &TokenTree) -> Option<Group> {
    let TokenTree::Group(group) = token else {
        return None;
    };
    match group.delimiter() {
        Delimiter::Brace => Some(group.clone()),
        Delimiter::None => braces(&group.stream().into_iter().next()?),
        _ => None,
    }
}

/// `{ #![allow(..)] .. }`: what is put in front of the body would make the attribute illegal where it stands.
fn hoist_inner_attributes(tokens: TokenStream, attrs: &mut Vec<Attribute>) -> syn::Result<TokenStream> {
    let hoist = |input: ParseStream| {
        for mut attribute in input.call(Attribute::parse_inner)? {
            attribute.style = syn::AttrStyle::Outer;
            attrs.push(attribute);
        }
        input.parse::<TokenStream>()
    };
    let mut first = tokens.clone().into_iter();
    match (first.next(), first.next()) {
        (Some(TokenTree::Punct(pound)), Some(TokenTree::Punct(bang))) if pound.as_char() == '#' && bang.as_char() == '!' => {
            hoist.parse2(tokens)
        }
        _ => Ok(tokens),
    }
}

/// The items that a body begins with, and the rest of it.
fn leading_items(tokens: TokenStream) -> (TokenStream, TokenStream) {
    let may_begin_item = match tokens.clone().into_iter().next() {
        Some(TokenTree::Ident(ident)) => begins_item(&ident.to_string()) || matches!(ident.to_string().as_str(), "unsafe" | "async"),
        Some(TokenTree::Punct(punct)) => punct.as_char() == '#',
        _ => false,
    };
    if !may_begin_item {
        return (TokenStream::new(), tokens);
    }
    let split = |input: ParseStream| {
        let mut items = TokenStream::new();
        while let Some(word) = item_at(input) {
            items.extend(plain::tokens_of_item(&word, input)?);
        }
        Ok((items, input.parse()?))
    };
    split.parse2(tokens.clone()).unwrap_or((TokenStream::new(), tokens))
}

/// `cfg_if! { .. }`, `debug!(..); use std::fmt::Write;`
fn may_begin_with_items(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    let (Some(TokenTree::Ident(_)), Some(TokenTree::Punct(bang)), Some(TokenTree::Group(group))) =
        (tokens.next(), tokens.next(), tokens.next())
    else {
        return false;
    };
    let mut behind = tokens.skip_while(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'));
    let is_item = matches!(behind.next(), Some(TokenTree::Ident(word)) if begins_item(&word.to_string()));
    bang.as_char() == '!' && (group.delimiter() == Delimiter::Brace || is_item)
}

fn begins_item(word: &str) -> bool {
    const WORDS: [&str; 11] = ["use", "const", "static", "fn", "struct", "enum", "type", "impl", "trait", "mod", "extern"];
    WORDS.contains(&word)
}

/// The word that says which item comes, behind its attributes; `const { .. }` is none.
fn item_at(input: ParseStream) -> Option<String> {
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer).ok()?;
    let word = super::keyword(&ahead);
    let is_item = begins_item(&word) && !(word == "const" && ahead.peek2(syn::token::Brace));
    is_item.then_some(word)
}
