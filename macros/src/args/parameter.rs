//! `#[attr]` on a parameter: `#[attr]`, `#[attr("key")]`, `#[attr(display)]`, `#[attr(debug)]`, `#[attr("key", redact)]`.
//! In: the attribute. Out: key and conversion. Refuses other words and two conversions.

use super::list;
use super::value::{Conversion, Key};
use crate::error::{Errors, did_you_mean};
use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Meta};

const WORDS: [&str; 3] = ["display", "debug", "redact"];

/// What one `#[attr]` asks for.
#[derive(Clone)]
pub(crate) struct ParameterCapture {
    /// The parameter's own name, if there is none.
    pub(crate) key: Option<Key>,
    pub(crate) conversion: Conversion,
    pub(crate) span: Span,
}

enum Part {
    Key(LitStr),
    Word(Ident),
}

/// Reads one `#[attr]`.
pub(crate) fn parse(attribute: &Attribute, errors: &mut Errors) -> ParameterCapture {
    let path = attribute.path();
    let span = path.get_ident().map_or_else(Span::call_site, Ident::span);
    let mut capture = ParameterCapture { key: None, conversion: Conversion::Best, span };
    let parts = match &attribute.meta {
        Meta::Path(_) => Vec::new(),
        Meta::List(list) => list::each(list.tokens.clone(), errors, part),
        Meta::NameValue(pair) => {
            errors.at(&pair.value, "a key stands in parentheses; write `#[attr(\"key\")]`");
            Vec::new()
        }
    };
    let mut converted = false;
    for part in parts {
        match part {
            Part::Key(key) if key.value().is_empty() => errors.at(key, "an attribute needs a name; write one between the quotes"),
            Part::Key(key) if capture.key.is_some() => errors.at(key, "a second key; keep one, or write another `#[attr]`"),
            Part::Key(key) => capture.key = Some(Key { text: key.value(), first: key.span(), last: key.span() }),
            Part::Word(word) => match resolve(&word) {
                Ok(_) if converted => errors.at(word, "a second conversion; keep one of `display`, `debug`, `redact`"),
                Ok(conversion) => (capture.conversion, converted) = (conversion, true),
                Err(message) => errors.at(word, message),
            },
        }
    }
    capture
}

fn part(input: ParseStream) -> syn::Result<Part> {
    if input.peek(syn::Ident) {
        return input.parse().map(Part::Word);
    }
    input.parse().map(Part::Key).map_err(|error| syn::Error::new(error.span(), "expected a key in quotes, `display`, `debug` or `redact`"))
}

fn resolve(word: &Ident) -> Result<Conversion, String> {
    let text = word.to_string();
    match text.as_str() {
        "display" => Ok(Conversion::Display),
        "debug" => Ok(Conversion::Debug),
        "redact" => Ok(Conversion::Redacted),
        _ => {
            let hint = did_you_mean(&text, WORDS);
            let hint = if hint.is_empty() { format!("; a key is written in quotes: `#[attr(\"{text}\")]`") } else { hint };
            Err(format!("unknown word `{text}` in `#[attr]`{hint}"))
        }
    }
}
