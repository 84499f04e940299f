//! `KEY = VALUE`, `KEY = %VALUE`, `KEY = ?VALUE` and `KEY`: the attributes lists of `attributes`, `ret` and `err`.
//! In: the tokens between the parentheses. Out: captures. Refuses empty, doubled and unfinished keys.

use super::list;
use crate::error::Errors;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

/// An expression of the user's, as the tokens they wrote.
#[derive(Clone)]
pub(crate) struct Value {
    pub(crate) tokens: TokenStream,
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl Value {
    pub(crate) fn new(tokens: TokenStream) -> Self {
        let mut trees = tokens.clone().into_iter();
        let first = trees.next();
        let last = trees.last().or_else(|| first.clone());
        let span = |tree: Option<TokenTree>| tree.map_or_else(Span::call_site, |tree| tree.span());
        Self { first: span(first), last: span(last), tokens }
    }

    /// The one token it consists of, out of the invisible delimiters a `macro_rules` variable brings.
    pub(crate) fn single(&self) -> Option<TokenTree> {
        single(&self.tokens)
    }

    /// The one identifier it consists of.
    pub(crate) fn identifier(&self) -> Option<Ident> {
        match self.single()? {
            TokenTree::Ident(ident) => Some(ident),
            _ => None,
        }
    }

    /// The one string literal it consists of.
    pub(crate) fn string(&self) -> Option<LitStr> {
        match self.single()? {
            literal @ TokenTree::Literal(_) => syn::parse2(literal.into()).ok(),
            _ => None,
        }
    }
}

fn single(tokens: &TokenStream) -> Option<TokenTree> {
    let mut trees = tokens.clone().into_iter();
    let (only, None) = (trees.next()?, trees.next()) else {
        return None;
    };
    match only {
        TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::None => single(&group.stream()),
        other => Some(other),
    }
}

impl ToTokens for Value {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens.clone());
    }
}

/// The name of an attribute, and where it is written.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) first: Span,
    pub(crate) last: Span,
}

/// One attribute to record.
#[derive(Clone)]
pub(crate) struct Capture {
    pub(crate) key: Key,
    pub(crate) source: Source,
    pub(crate) conversion: Conversion,
}

/// Where its value comes from.
#[derive(Clone)]
pub(crate) enum Source {
    Expression(Value),
    /// `KEY` alone: the parameter of that name.
    Parameter(Ident),
}

/// How the value becomes an attribute.
#[derive(Clone, Copy)]
pub(crate) enum Conversion {
    Best,
    Display,
    Debug,
    Redacted,
}

/// `KEY = VALUE, ..`
pub(super) fn captures(tokens: TokenStream, errors: &mut Errors) -> Vec<Capture> {
    let mut found: Vec<Capture> = Vec::new();
    for capture in list::each(tokens, errors, capture) {
        let key = &capture.key;
        if key.text.is_empty() {
            errors.at_span(key.first, "an attribute needs a name; write one between the quotes");
        } else if found.iter().any(|other| other.key.text == key.text) {
            errors.at_span(key.first, format!("attribute `{}` is given twice; remove one", key.text));
        } else {
            found.push(capture);
        }
    }
    found
}

pub(super) fn capture(input: ParseStream) -> syn::Result<Capture> {
    let (key, word) = key(input)?;
    if !input.peek(Token![=]) {
        return match word {
            Some(word) => Ok(Capture { key, source: Source::Parameter(word), conversion: Conversion::Best }),
            None => Err(syn::Error::new(key.first, format!("expected a value; write `{} = VALUE`", key.text))),
        };
    }
    let equals: Token![=] = input.parse()?;
    let (before, conversion) = conversion(input)?;
    let source = Source::Expression(list::value(input, before.unwrap_or(equals.span))?);
    Ok(Capture { key, source, conversion })
}

/// A dotted path or a string; and the identifier, if it is nothing more.
fn key(input: ParseStream) -> syn::Result<(Key, Option<Ident>)> {
    if let Ok(literal) = input.fork().parse::<LitStr>() {
        input.parse::<LitStr>()?;
        let (text, span) = (literal.value(), literal.span());
        return Ok((Key { text, first: span, last: span }, None));
    }
    let expected = |error: syn::Error| syn::Error::new(error.span(), "expected an attribute's name: a dotted path or a string");
    let word = input.call(Ident::parse_any).map_err(expected)?;
    let mut key = Key { text: word.unraw().to_string(), first: word.span(), last: word.span() };
    while input.parse::<Option<Token![.]>>()?.is_some() {
        let segment = input.call(Ident::parse_any).map_err(expected)?;
        key.text = format!("{}.{}", key.text, segment.unraw());
        key.last = segment.span();
    }
    let dotted = key.text.contains('.');
    Ok((key, (!dotted).then_some(word)))
}

/// `%` or `?` in front of a value.
fn conversion(input: ParseStream) -> syn::Result<(Option<Span>, Conversion)> {
    if let Some(percent) = input.parse::<Option<Token![%]>>()? {
        return Ok((Some(percent.span), Conversion::Display));
    }
    match input.parse::<Option<Token![?]>>()? {
        Some(question) => Ok((Some(question.span), Conversion::Debug)),
        None => Ok((None, Conversion::Best)),
    }
}
