//! What stands in front of a body that was moved into a closure or an async block, so that its parameters behave as if it had not been:
//! they are dropped in the same order, and a `mut` one may still be set to a reference to a local variable, or in part, without a warning.
//!
//! A closure drops what it captured in the order in which its body mentions it: so they are mentioned, backwards, before anything else.
//! Only what the body uses is mentioned, for a parameter that nobody uses has to keep its warning.

use super::function::is_reference;
use super::returns::{Frame, Shape};
use crate::item::{Function, Parameter};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::HashSet;
use syn::{Attribute, Token, Type};

/// What is written in front of the body.
#[derive(Default)]
pub(crate) struct Prelude {
    /// In the order in which they shall be dropped.
    pub(crate) mentions: Vec<Mention>,
    /// In the order of the parameters.
    pub(crate) rebound: Vec<Rebound>,
    /// Parameters written `_`, by index, which need a name to be mentioned.
    pub(crate) renamed: Vec<usize>,
    /// Whether a field is set of something captured, for the destructor to see: the compiler does not know that it runs, and warns.
    pub(crate) sets_fields: bool,
}

/// A parameter that the closure shall capture.
pub(crate) enum Mention {
    Named { ident: Ident, cfgs: Vec<Attribute> },
    Itself(Token![self]),
    Renamed { index: usize, cfgs: Vec<Attribute> },
}

/// A parameter that becomes a variable of the body.
pub(crate) struct Rebound {
    pub(crate) index: usize,
    pub(crate) mutable: Option<Token![mut]>,
    pub(crate) ident: Ident,
    pub(crate) cfgs: Vec<Attribute>,
}

/// What the function's parameters need.
pub(super) fn resolve(function: &Function, shape: &Shape, parameters: &[Parameter<'_>]) -> Prelude {
    let Some(body) = function.body.as_ref().filter(|_| !matches!(shape, Shape::Guarded | Shape::Observed { frame: Frame::Block, .. }))
    else {
        return Prelude::default();
    };
    let mut prelude = Prelude::default();
    if parameters.iter().any(|parameter| may_drop(parameter) || is_rebindable(parameter)) {
        let used = Used::of(&body.tokens);
        let first_with_drop = parameters.iter().position(|parameter| is_rebound(parameter, &used) && may_drop(parameter));
        for parameter in parameters {
            place(parameter, first_with_drop, &used, &mut prelude);
        }
    }
    prelude.mentions.reverse();
    prelude
}

/// Parameters behind a rebound one that may be dropped have to become variables too, to be dropped before it.
fn place(parameter: &Parameter<'_>, first_with_drop: Option<usize>, used: &Used, prelude: &mut Prelude) {
    let cfgs = || parameter.cfgs.iter().map(|cfg| (*cfg).clone()).collect::<Vec<_>>();
    let follows = first_with_drop.is_some_and(|first| parameter.index > first) && may_drop(parameter) && parameter.simple;
    if is_rebound(parameter, used) || (follows && parameter.bindings.iter().any(|binding| used.binds(binding.ident))) {
        let rebound = |binding: &crate::item::Binding<'_>| Rebound {
            index: parameter.index,
            mutable: binding.mutable,
            ident: binding.ident.clone(),
            cfgs: cfgs(),
        };
        prelude.rebound.extend(parameter.bindings.iter().map(rebound));
    } else if may_drop(parameter) {
        if let Some(receiver) = parameter.receiver.filter(|_| used.words.contains("self")) {
            prelude.mentions.push(Mention::Itself(receiver.self_token));
            prelude.sets_fields |= used.changed.contains("self");
        }
        if parameter.wild {
            prelude.renamed.push(parameter.index);
            prelude.mentions.push(Mention::Renamed { index: parameter.index, cfgs: cfgs() });
        }
        prelude.sets_fields |= parameter.bindings.iter().any(|binding| used.changes(binding.ident));
        let used = parameter.bindings.iter().filter(|binding| used.binds(binding.ident));
        prelude.mentions.extend(used.map(|binding| Mention::Named { ident: binding.ident.clone(), cfgs: cfgs() }));
    }
}

/// `mut name: &T`, or of any type with a lifetime: <https://github.com/tokio-rs/tracing/issues/2717>.
fn is_rebindable(parameter: &Parameter<'_>) -> bool {
    let mutable = parameter.bindings.first().is_some_and(|binding| binding.mutable.is_some());
    parameter.simple && mutable && parameter.ty.is_some_and(|ty| names_lifetime(ty.to_token_stream()))
}

fn is_rebound(parameter: &Parameter<'_>, used: &Used) -> bool {
    let binding = parameter.bindings.first();
    let is_set = is_rebindable(parameter) && binding.is_some_and(|binding| used.words.contains(&binding.ident.to_string()));
    is_set || (parameter.simple && binding.is_some_and(|binding| binding.mutable.is_some() && used.changes(binding.ident)))
}

fn names_lifetime(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
        TokenTree::Group(group) => names_lifetime(group.stream()),
        _ => false,
    })
}

/// Whether something may happen when the parameter is dropped.
fn may_drop(parameter: &Parameter<'_>) -> bool {
    if let Some(receiver) = parameter.receiver {
        return !is_reference(&receiver.kind);
    }
    match parameter.ty {
        Some(Type::Reference(_) | Type::Ptr(_) | Type::FnPtr(_) | Type::Never(_)) | None => false,
        Some(Type::Path(path)) => !path.path.get_ident().is_some_and(is_primitive),
        Some(_) => true,
    }
}

fn is_primitive(ident: &Ident) -> bool {
    const PRIMITIVES: [&str; 16] =
        ["bool", "char", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize", "f32", "f64"];
    PRIMITIVES.iter().any(|primitive| ident == primitive)
}

/// The words of a body that may be variables.
struct Used {
    words: HashSet<String>,
    /// Those of which a field is set.
    changed: HashSet<String>,
}

impl Used {
    fn of(body: &TokenStream) -> Self {
        let (mut words, mut changed) = (HashSet::new(), HashSet::new());
        collect(body.clone(), &mut words);
        collect_changed(body.clone(), &mut changed);
        Self { words, changed }
    }

    fn changes(&self, ident: &Ident) -> bool {
        self.changed.contains(&ident.to_string())
    }

    /// Whether the body captures the parameter: a name that begins with `_` is captured for its drop.
    fn binds(&self, ident: &Ident) -> bool {
        let name = ident.to_string();
        name.starts_with('_') || self.words.contains(&name)
    }
}

fn collect(tokens: TokenStream, words: &mut HashSet<String>) {
    let mut before = [' ', ' '];
    for token in tokens {
        let mut character = ' ';
        match token {
            TokenTree::Ident(ident) => {
                let is_field = before[1] == '.' && before[0] != '.';
                let is_path_or_label = (before[1] == ':' && before[0] == ':') || before[1] == '\'';
                if !is_field && !is_path_or_label {
                    words.insert(ident.to_string());
                }
            }
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Literal(literal) => format_arguments(&literal.to_string(), words),
            TokenTree::Punct(punct) => character = punct.as_char(),
        }
        before = [before[1], character];
    }
}

/// `name.field = ..`, `name.list[0].field += ..`
fn collect_changed(tokens: TokenStream, changed: &mut HashSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => collect_changed(group.stream(), changed),
            TokenTree::Ident(ident) if sets_field(&tokens[index + 1..]) => {
                changed.insert(ident.to_string());
            }
            _ => {}
        }
    }
}

fn sets_field(behind: &[TokenTree]) -> bool {
    let is_place = |token: &&TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == '.',
        _ => true,
    };
    let place = behind.iter().take_while(is_place).count();
    let operator: String = behind[place..].iter().map_while(operator_character).take(3).collect();
    let is_field = matches!(behind.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
    let assigns = operator.strip_suffix('=').is_some_and(|rest| matches!(rest, "" | "<<" | ">>") || !rest.contains(['=', '<', '>', '!']));
    is_field && assigns
}

fn operator_character(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) if "=<>!+-*/%^&|".contains(punct.as_char()) => Some(punct.as_char()),
        _ => None,
    }
}

/// `"{name:?}"` uses `name`.
fn format_arguments(literal: &str, words: &mut HashSet<String>) {
    for argument in literal.split('{').skip(1) {
        let pieces = argument.split('}').next().unwrap_or_default().split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '#'));
        words.extend(pieces.filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
}
