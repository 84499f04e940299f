//! Which attributes a span is given at its start: those of `attributes(..)`, the parameters that `args` selects, and those marked
//! `#[attr]`. Refuses names that are no parameters and secrets that only one of the explicit forms may capture.

use super::no_parameter;
use super::secret::is_secret;
use crate::args::{self, Args, Capture, Conversion, Given, Key, Selection, Source, Value};
use crate::error::Errors;
use crate::item::{Binding, Function, Parameter};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Attribute;
use syn::ext::IdentExt;

/// An attribute and the expression of its value.
pub(crate) struct Captured {
    pub(crate) key: Key,
    pub(crate) value: Value,
    pub(crate) conversion: Conversion,
    /// `#[cfg(..)]` of the parameter.
    pub(crate) cfgs: Vec<Attribute>,
}

impl Captured {
    /// The value that a tail expression calls `name`, under `key`.
    pub(super) fn whole(name: &str, key: &Key, at: &Ident) -> Self {
        let value = Value::new(TokenTree::Ident(Ident::new(name, at.span())).into());
        Self { key: key.clone(), value, conversion: Conversion::Best, cfgs: Vec::new() }
    }

    /// `KEY = EXPRESSION, ..`
    pub(super) fn expressions(captures: &[Capture]) -> Vec<Self> {
        captures.iter().filter_map(Self::expression).collect()
    }

    fn expression(capture: &Capture) -> Option<Self> {
        match &capture.source {
            Source::Expression(value) => {
                Some(Self { key: capture.key.clone(), value: value.clone(), conversion: capture.conversion, cfgs: Vec::new() })
            }
            Source::Parameter(_) => None,
        }
    }

    fn parameter(key: Key, binding: &Binding<'_>, parameter: &Parameter<'_>, conversion: Conversion) -> Self {
        let value = Value::new(TokenStream::from(TokenTree::Ident(binding.ident.clone())));
        Self { key, value, conversion, cfgs: parameter.cfgs.iter().map(|cfg| (*cfg).clone()).collect() }
    }
}

/// The parameters and the names they bind.
struct Names<'a> {
    parameters: &'a [Parameter<'a>],
}

impl<'a> Names<'a> {
    fn all(&self) -> impl Iterator<Item = (&'a Parameter<'a>, &'a Binding<'a>)> {
        self.parameters.iter().flat_map(|parameter| parameter.bindings.iter().map(move |binding| (parameter, binding)))
    }

    fn find(&self, name: &Ident) -> Option<(&'a Parameter<'a>, &'a Binding<'a>)> {
        self.all().find(|(_, binding)| binding.ident.unraw() == name.unraw())
    }

    fn list(&self) -> Vec<&'a Ident> {
        self.all().map(|(_, binding)| binding.ident).collect()
    }
}

/// All attributes of the start, in the order in which they are written.
pub(super) fn resolve(args: &Args, function: &Function, parameters: &[Parameter<'_>], errors: &mut Errors) -> Vec<Captured> {
    let names = Names { parameters };
    let mut found: Vec<_> = args.attributes.iter().filter_map(|given| attribute(given, function, &names, errors)).collect();
    if let Some(given) = &args.parameters {
        selected(given, &names, &mut found, errors);
    }
    for (parameter, attrs) in parameters.iter().zip(&function.captures) {
        found.extend(attrs.iter().filter_map(|attr| marked(attr, parameter, errors)));
    }
    found
}

fn attribute(given: &Given<Capture>, function: &Function, names: &Names<'_>, errors: &mut Errors) -> Option<Captured> {
    let Source::Parameter(word) = &given.value.source else {
        return Captured::expression(&given.value);
    };
    if word == "self" && function.sig.receiver().is_some() {
        let value = Value::new(TokenTree::Ident(word.clone()).into());
        return Some(Captured { key: given.value.key.clone(), value, conversion: given.value.conversion, cfgs: Vec::new() });
    }
    match names.find(word) {
        Some((parameter, binding)) => Some(Captured::parameter(given.value.key.clone(), binding, parameter, given.value.conversion)),
        None if given.inherited => None,
        None => {
            errors.at(word, no_parameter(word, &names.list()));
            None
        }
    }
}

/// What `args` captures.
fn selected(given: &Given<Selection>, names: &Names<'_>, found: &mut Vec<Captured>, errors: &mut Errors) {
    let (Selection::Only(written) | Selection::AllBut(written)) = &given.value else {
        return found.extend(names.all().filter(|(_, binding)| is_captured(binding)).map(|pair| by_name(pair)));
    };
    for name in written.iter().filter(|_| !given.inherited) {
        if name == "self" {
            errors.at(name, "`args` leaves `self` out anyway; write `attributes(key = self.field)` to capture something of it");
        } else if names.find(name).is_none() {
            errors.at(name, no_parameter(name, &names.list()));
        }
    }
    let is_written = |binding: &Binding<'_>| written.iter().any(|name| name.unraw() == binding.ident.unraw());
    if matches!(given.value, Selection::AllBut(_)) {
        return found.extend(names.all().filter(|(_, binding)| is_captured(binding) && !is_written(binding)).map(by_name));
    }
    for name in written {
        match names.find(name) {
            Some((_, binding)) if is_secret(&binding.ident.to_string()) => {
                let message = format!(
                    "`{name}` is named like a secret, which `args` never captures; write `attributes({name} = {name})` if it is none"
                );
                errors.at(name, message);
            }
            Some(pair) => found.push(by_name(pair)),
            None => {}
        }
    }
}

fn is_captured(binding: &Binding<'_>) -> bool {
    !is_secret(&binding.ident.to_string())
}

fn by_name((parameter, binding): (&Parameter<'_>, &Binding<'_>)) -> Captured {
    Captured::parameter(own_key(binding), binding, parameter, Conversion::Best)
}

fn own_key(binding: &Binding<'_>) -> Key {
    let span = binding.ident.span();
    Key { text: binding.ident.unraw().to_string(), first: span, last: span }
}

/// `#[attr]` on a parameter.
fn marked(attr: &Attribute, parameter: &Parameter<'_>, errors: &mut Errors) -> Option<Captured> {
    let capture = args::parse_parameter(attr, errors);
    if parameter.receiver.is_some() {
        errors.at_span(capture.span, "`#[attr]` is not for `self`; write `attributes(key = self.field)` in `#[traced(..)]`");
        return None;
    }
    let [binding] = parameter.bindings.as_slice() else {
        errors.at_span(capture.span, "`#[attr]` needs a parameter with one name; write `attributes(key = name)` in `#[traced(..)]`");
        return None;
    };
    Some(Captured::parameter(capture.key.unwrap_or_else(|| own_key(binding)), binding, parameter, capture.conversion))
}
