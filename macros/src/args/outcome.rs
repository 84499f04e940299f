//! `ret` and `err`: what is recorded of the value a function returns, and which errors count as errors.
//! Refuses lists that say nothing, and predicates that contradict `ignore`.

use super::list::{self, Shape};
use super::value::{self, Capture, Source, Value};
use crate::error::Errors;
use proc_macro2::{Ident, Span, TokenStream};
use syn::Token;
use syn::parse::ParseStream;

/// The key that `ret` without one records under.
const DEFAULT_KEY: &str = "return";

/// What is captured of the returned value, which the expressions call `ret`.
#[derive(Clone)]
pub(crate) enum Ret {
    /// The value itself, under this key.
    Value(value::Key),
    /// Expressions over it.
    Captures(Vec<Capture>),
}

/// `err(..)`
#[derive(Clone, Default)]
pub(crate) struct ErrArgs {
    pub(crate) policy: Option<Policy>,
    pub(crate) captures: Vec<Capture>,
}

/// Which errors are errors of the span.
#[derive(Clone)]
pub(crate) enum Policy {
    Ignore,
    If(Value),
}

/// `ret`, `ret = "key"` or `ret(KEY = EXPRESSION, ..)`
pub(super) fn ret(key: &Ident, shape: Shape, errors: &mut Errors) -> Option<Ret> {
    let default = |text: String, span: Span| Ret::Value(value::Key { text, first: span, last: span });
    match shape {
        Shape::Word => Some(default(DEFAULT_KEY.to_owned(), key.span())),
        Shape::Value(value) => match value.string() {
            Some(literal) if !literal.value().is_empty() => Some(default(literal.value(), literal.span())),
            _ => {
                errors.at(&value, "expected a string; write `ret = \"key\"` or `ret(KEY = EXPRESSION)`");
                None
            }
        },
        Shape::List(tokens) => {
            let captures = only_expressions("ret", value::captures(tokens, errors), errors);
            if captures.is_empty() {
                errors.at(key, "`ret(..)` captures nothing; write `ret` or `ret(KEY = EXPRESSION)`");
            }
            Some(Ret::Captures(captures))
        }
    }
}

/// One element of `err(..)`.
enum Element {
    Ignore(Ident),
    If(Token![if], Value),
    Capture(Capture),
}

/// `err(ignore)`, `err(if = |e| ..)`, `err(KEY = EXPRESSION, ..)` and combinations of them.
pub(super) fn err(key: &Ident, tokens: TokenStream, errors: &mut Errors) -> ErrArgs {
    let mut args = ErrArgs::default();
    if tokens.is_empty() {
        errors.at(key, "`err()` says nothing; every `Err` is an error already, so remove it");
    }
    for element in list::each(tokens, errors, element) {
        let (at, policy) = match element {
            Element::Ignore(word) => (word.span(), Policy::Ignore),
            Element::If(word, predicate) => (word.span, Policy::If(predicate)),
            Element::Capture(capture) => {
                args.captures.push(capture);
                continue;
            }
        };
        if args.policy.replace(policy).is_some() {
            errors.at_span(at, "`ignore` and `if` are given together or twice; keep one of them");
        }
    }
    args.captures = only_expressions("err", args.captures, errors);
    args
}

fn element(input: ParseStream) -> syn::Result<Element> {
    if input.peek(Token![if]) {
        let word: Token![if] = input.parse()?;
        let Some(equals) = input.parse::<Option<Token![=]>>()? else {
            return Err(syn::Error::new(word.span, "expected a predicate; write `if = |e| ..`"));
        };
        return Ok(Element::If(word, list::value(input, equals.span)?));
    }
    let capture = value::capture(input)?;
    Ok(match capture.source {
        Source::Parameter(word) if word == "ignore" => Element::Ignore(word),
        source => Element::Capture(Capture { source, ..capture }),
    })
}

fn only_expressions(what: &str, captures: Vec<Capture>, errors: &mut Errors) -> Vec<Capture> {
    for capture in &captures {
        if let Source::Parameter(word) = &capture.source {
            let remedy = match word.to_string().as_str() {
                "Debug" | "Display" => format!("write `{what}(key = ?{what})` or `{what}(key = %{what})`"),
                word => format!("write `{word} = EXPRESSION`, in which `{what}` is the value"),
            };
            errors.at(word, format!("expected `KEY = EXPRESSION` in `{what}(..)`; {remedy}"));
        }
    }
    captures
}
