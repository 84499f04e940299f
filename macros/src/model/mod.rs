//! Arguments and item to [`Node`]: every check that needs both. A [`Traced`] has no field that still needs checking; what remains to do
//! with it is writing it down. Out of a block comes a tree of the same form, each function with the arguments that are in force for it.

mod captures;
mod conflicts;
mod function;
mod prelude;
mod returns;
mod secret;
mod tokens;
mod types;

pub(crate) use captures::Captured;
pub(crate) use function::{Site, Traced, Written};
pub(crate) use prelude::{Mention, Rebound};
pub(crate) use returns::{Boxed, Frame, Mode, Shape};

use crate::args::{self, Args, Selection, Source};
use crate::error::{Errors, did_you_mean, quoted};
use crate::item::{self, Block, Function, Item, Other};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Meta};

/// An item, with what is to be done with it.
pub(crate) enum Node {
    Traced(Box<Traced>),
    /// A function that is passed over.
    Untraced(Box<Function>),
    Block(Block, Vec<Node>),
    Other(TokenStream),
}

/// The item the attribute stands on.
pub(crate) fn resolve(args: &Args, item: Item, errors: &mut Errors) -> Node {
    if let Some(skip) = &args.skip {
        errors.at(&skip.key, "`skip` is for a function inside an annotated block; remove the attribute");
    }
    match item {
        Item::Function(function) => {
            if let Some((span, reason)) = function.obstacle() {
                errors.at_span(span, reason);
            } else if function.body.is_none() {
                errors.at(&function.sig.ident, "a function without a body cannot be traced; put `#[traced]` on the one that has it");
            }
            traced(args, *function, None, errors)
        }
        Item::Block(block) => resolve_block(args, block, errors),
        Item::Other(other) => {
            let message =
                format!("`#[traced]` is for functions, `impl` blocks, traits and inline modules; {} cannot be traced", other.noun);
            errors.at_span(other.word, message);
            Node::Other(other.tokens)
        }
    }
}

fn traced(args: &Args, function: Function, prefix: Option<&str>, errors: &mut Errors) -> Node {
    if function.body.is_none() || function.obstacle().is_some() {
        return Node::Untraced(Box::new(function));
    }
    Node::Traced(Box::new(function::resolve(args, function, prefix, errors)))
}

fn resolve_block(args: &Args, mut block: Block, errors: &mut Errors) -> Node {
    check_names(args, &block, errors);
    let entries = std::mem::take(&mut block.entries);
    let prefix = block.prefix.clone();
    let nodes = entries.into_iter().map(|entry| resolve_entry(args, entry, prefix.as_deref(), errors)).collect();
    Node::Block(block, nodes)
}

fn resolve_entry(block: &Args, entry: Item, prefix: Option<&str>, errors: &mut Errors) -> Node {
    match entry {
        Item::Other(Other { tokens, .. }) => Node::Other(tokens),
        Item::Function(function) => {
            let Some(args) = in_force(block, &function.own, errors) else {
                return Node::Untraced(function);
            };
            if let (Some((span, reason)), false) = (function.obstacle(), function.own.is_empty()) {
                errors.at_span(span, reason);
            }
            if leaves_to_itself(&function) { Node::Untraced(function) } else { traced(&args, *function, prefix, errors) }
        }
        Item::Block(inner) => match in_force(block, &inner.own, errors) {
            Some(args) => resolve_block(&args, inner, errors),
            None => untouched(inner),
        },
    }
}

/// `#[cfg_attr(.., traced(..))]`: whether it applies is known only after this expansion.
fn leaves_to_itself(function: &Function) -> bool {
    let conditional = |attribute: &&Attribute| attribute.path().is_ident("cfg_attr");
    let names_us = |attribute: &Attribute| {
        let mut tokens = attribute.meta.to_token_stream().into_iter().skip(1);
        tokens.any(|token| token.to_string().contains("traced"))
    };
    function.attrs.iter().filter(conditional).any(names_us)
}

fn untouched(mut block: Block) -> Node {
    let nodes = std::mem::take(&mut block.entries).into_iter().map(|entry| match entry {
        Item::Function(function) => Node::Untraced(function),
        Item::Block(inner) => untouched(inner),
        Item::Other(other) => Node::Other(other.tokens),
    });
    let nodes = nodes.collect();
    Node::Block(block, nodes)
}

/// The block's arguments under those of the item itself; `None` if it says `skip`.
fn in_force(block: &Args, own: &[Attribute], errors: &mut Errors) -> Option<Args> {
    let mut args = Args::default();
    for (index, attribute) in own.iter().enumerate() {
        if index > 0 {
            errors.at(attribute.path(), "`#[traced]` is given twice; put the arguments into one");
        }
        match &attribute.meta {
            Meta::List(list) => args = args::parse(list.tokens.clone(), errors),
            Meta::Path(_) => {}
            Meta::NameValue(pair) => errors.at(&pair.value, "arguments stand in parentheses; write `#[traced(name = \"..\")]`"),
        }
    }
    match &args.skip {
        Some(skip) if !args.is_only_skip() => errors.at(&skip.key, "`skip` leaves the function out; remove it or the other arguments"),
        Some(_) => return None,
        None => {}
    }
    Some(args.over(block))
}

/// A default may name parameters that only some of the functions have, but one of them has to.
fn check_names(args: &Args, block: &Block, errors: &mut Errors) {
    let mut known = Vec::new();
    collect_names(block, &mut known);
    let selected = args.parameters.iter().filter(|given| !given.inherited).flat_map(|given| match &given.value {
        Selection::All => [].as_slice(),
        Selection::Only(names) | Selection::AllBut(names) => names.as_slice(),
    });
    let keys = args.attributes.iter().filter(|given| !given.inherited).filter_map(|given| match &given.value.source {
        Source::Parameter(name) => Some(name),
        Source::Expression(_) => None,
    });
    for name in selected.chain(keys).filter(|name| *name != "self" && !known.iter().any(|known| *name == known)) {
        let hint = did_you_mean(&name.to_string(), known.iter().map(String::as_str));
        errors.at(name, format!("no function of this block has a parameter named `{name}`{hint}"));
    }
}

fn collect_names(block: &Block, known: &mut Vec<String>) {
    for entry in &block.entries {
        match entry {
            Item::Function(function) => {
                let parameters = item::bindings(&function.sig);
                known.extend(parameters.iter().flat_map(|parameter| &parameter.bindings).map(|binding| binding.ident.to_string()));
            }
            Item::Block(inner) => collect_names(inner, known),
            Item::Other(_) => {}
        }
    }
}

/// "no parameter named `usr`; parameters are `user`, `id`"
fn no_parameter(name: &Ident, known: &[&Ident]) -> String {
    if known.is_empty() {
        return format!("no parameter named `{name}`; the function has none");
    }
    format!("no parameter named `{name}`; parameters are {}", quoted(known))
}
