//! A list of arguments to its parts: `key`, `key = tokens`, `key(tokens)`, separated by commas. Values stay the tokens they are; the
//! expression parser only finds where they end, because a comma may stand between a value's angle brackets.

use super::value::Value;
use crate::error::Errors;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Token};

/// One argument, not yet understood.
pub(super) struct Argument {
    pub(super) key: Ident,
    pub(super) shape: Shape,
}

/// What follows the key.
pub(super) enum Shape {
    Word,
    Value(Value),
    List(TokenStream),
}

/// The arguments of an attribute, without those that are no arguments at all.
pub(super) fn split(tokens: TokenStream, errors: &mut Errors) -> Vec<Argument> {
    each(tokens, errors, argument)
}

/// Reads one thing after the other up to its comma; after a mistake goes on behind the next comma.
pub(super) fn each<T>(tokens: TokenStream, errors: &mut Errors, mut read: impl FnMut(ParseStream) -> syn::Result<T>) -> Vec<T> {
    let mut found = Vec::new();
    let parse_all = |input: ParseStream| {
        while !input.is_empty() {
            let one = read(input).and_then(|one| end_of_one(input).map(|()| one));
            match one {
                Ok(one) => found.push(one),
                Err(error) => {
                    errors.push(error);
                    skip_past_comma(input);
                }
            }
        }
        Ok(())
    };
    let parsed = parse_all.parse2(tokens);
    errors.ok(parsed);
    found
}

fn end_of_one(input: ParseStream) -> syn::Result<()> {
    if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    let found = if input.peek(Token![:]) { "expected `=`; write `KEY = VALUE`" } else { "expected `,`; write one between two arguments" };
    Err(input.error(found))
}

fn skip_past_comma(input: ParseStream) {
    while let Ok(token) = input.parse::<TokenTree>() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
            break;
        }
    }
}

fn argument(input: ParseStream) -> syn::Result<Argument> {
    let key = input
        .call(Ident::parse_any)
        .map_err(|error| syn::Error::new(error.span(), "expected an argument; write for example `name = \"..\"`"))?;
    let shape = if input.peek(Token![=]) {
        let equals: Token![=] = input.parse()?;
        Shape::Value(value(input, equals.span)?)
    } else if input.peek(syn::token::Paren) {
        match input.parse::<TokenTree>()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => Shape::List(group.stream()),
            other => return Err(syn::Error::new(other.span(), "expected `(`")),
        }
    } else {
        Shape::Word
    };
    Ok(Argument { key, shape })
}

/// The tokens of one expression.
pub(super) fn value(input: ParseStream, before: Span) -> syn::Result<Value> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(syn::Error::new(before, "expected a value; write an expression behind this"));
    }
    let ahead = input.fork();
    ahead.parse::<Expr>()?;
    let mut tokens = TokenStream::new();
    while input.cursor() != ahead.cursor() {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(Value::new(tokens))
}
