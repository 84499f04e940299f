//! An `impl` block, a `trait` or an inline `mod`: what is in front of its braces as tokens, the name its functions' spans begin with,
//! and its items, each read like one that stands alone. A `const`, a macro call, a type: kept as tokens.

use super::function::is_traced;
use super::{Head, Item, Other};
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Type, TypeParamBound};

/// What kind of block it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Impl,
    Trait,
    Mod,
}

/// A block of functions.
pub(crate) struct Block {
    /// `#[traced(..)]` on a block inside an annotated `mod`.
    pub(crate) own: Vec<Attribute>,
    /// Everything in front of the braces.
    pub(crate) header: TokenStream,
    pub(crate) braces: Span,
    /// `#![..]` of the block.
    pub(crate) inner: Vec<Attribute>,
    /// `Type` of `Type::method`; a `mod` has none.
    pub(crate) prefix: Option<String>,
    pub(crate) entries: Vec<Item>,
}

/// Reads from the modifiers on.
pub(super) fn parse(kind: BlockKind, head: Head, input: ParseStream) -> syn::Result<Item> {
    let (own, attrs): (Vec<_>, Vec<_>) = head.attrs.into_iter().partition(is_traced);
    let mut header = TokenStream::new();
    for attribute in &attrs {
        attribute.to_tokens(&mut header);
    }
    head.vis.to_tokens(&mut header);
    let mut words = Vec::new();
    let body = loop {
        let token: TokenTree = input.parse()?;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && depth(&words) == 0 => break group,
            token => words.push(token),
        }
    };
    let prefix = prefix(kind, &words);
    header.extend(words);
    let read = |input: ParseStream| Ok((input.call(Attribute::parse_inner)?, entries(input)?));
    let (inner, entries) = read.parse2(body.stream())?;
    Ok(Item::Block(Block { own, header, braces: body.span(), inner, prefix, entries }))
}

fn entries(input: ParseStream) -> syn::Result<Vec<Item>> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let start = input.fork();
        match super::item(input) {
            Ok(entry) => entries.push(entry),
            Err(_) => entries.push(Item::Other(rest(&start, input)?)),
        }
    }
    Ok(entries)
}

/// What cannot be read is left to the compiler, as it is.
fn rest(start: ParseStream, input: ParseStream) -> syn::Result<Other> {
    let other = Other { word: start.span(), noun: "this", tokens: start.parse()? };
    input.parse::<TokenStream>()?;
    Ok(other)
}

/// How many `<` are open behind these tokens.
fn depth(tokens: &[TokenTree]) -> usize {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for token in tokens {
        let character = match token {
            TokenTree::Punct(punct) => punct.as_char(),
            _ => ' ',
        };
        match character {
            '<' => depth += 1,
            '>' if !matches!(previous, '-' | '=') => depth = depth.saturating_sub(1),
            _ => {}
        }
        previous = character;
    }
    depth
}

fn prefix(kind: BlockKind, words: &[TokenTree]) -> Option<String> {
    match kind {
        BlockKind::Mod => None,
        BlockKind::Trait => words.iter().skip_while(|token| !is_word(token, "trait")).nth(1).map(ToString::to_string),
        BlockKind::Impl => Some(type_name(&self_type(words))),
    }
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// `Type` of `impl<..> Trait for Type where ..`
fn self_type(words: &[TokenTree]) -> TokenStream {
    let start = 1 + words.iter().position(|token| is_word(token, "impl")).unwrap_or_default();
    let mut ty: Vec<TokenTree> = Vec::new();
    for (index, token) in words.iter().enumerate().skip(start) {
        let outside = depth(&words[start..index]) == 0;
        if outside && is_word(token, "where") {
            break;
        }
        let higher_ranked = matches!(words.get(index + 1), Some(TokenTree::Punct(punct)) if punct.as_char() == '<');
        if outside && is_word(token, "for") && !higher_ranked {
            ty.clear();
            continue;
        }
        let ends_generics =
            |ty: &[TokenTree]| matches!(ty.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == '<') && depth(ty) == 0;
        if index > start && ends_generics(&ty) && !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':') {
            ty.clear();
        }
        ty.push(token.clone());
    }
    ty.into_iter().collect()
}

/// The last word of a type's path, or its text.
fn type_name(tokens: &TokenStream) -> String {
    let text = || tokens.to_string().split_whitespace().collect::<String>();
    syn::parse2::<Type>(tokens.clone()).ok().as_ref().and_then(last_word).unwrap_or_else(text)
}

fn last_word(ty: &Type) -> Option<String> {
    let last = |path: &syn::Path| path.segments.last().map(|segment| segment.ident.to_string());
    match ty {
        Type::Path(ty) => last(&ty.path),
        Type::Reference(ty) => last_word(&ty.elem),
        Type::Paren(ty) => last_word(&ty.elem),
        Type::Group(ty) => last_word(&ty.elem),
        Type::TraitObject(ty) => ty.bounds.iter().find_map(|bound| match bound {
            TypeParamBound::Trait(bound) => last(&bound.path),
            _ => None,
        }),
        _ => None,
    }
}
