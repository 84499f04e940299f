//! The parameters of a function: the names each pattern binds, in order, with what the expansion has to know of them.

use proc_macro2::Ident;
use syn::{Attribute, FnArg, Pat, PatIdent, Signature, Token, Type};

/// One parameter.
pub(crate) struct Parameter<'a> {
    pub(crate) index: usize,
    pub(crate) bindings: Vec<Binding<'a>>,
    /// `None` for `self`.
    pub(crate) ty: Option<&'a Type>,
    /// The pattern is `_`.
    pub(crate) wild: bool,
    /// The pattern is a name.
    pub(crate) simple: bool,
    /// `#[cfg(..)]` on it.
    pub(crate) cfgs: Vec<&'a Attribute>,
    /// `self`, `mut self`, `self: T`.
    pub(crate) receiver: Option<&'a syn::Receiver>,
}

/// A name that a parameter's pattern binds.
pub(crate) struct Binding<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) mutable: Option<Token![mut]>,
}

/// `#[attr]`, the attribute's own.
pub(super) fn is_attr(attribute: &Attribute) -> bool {
    attribute.path().is_ident("attr")
}

/// The parameters of a signature.
pub(crate) fn bindings(sig: &Signature) -> Vec<Parameter<'_>> {
    sig.inputs.iter().enumerate().map(|(index, argument)| parameter(index, argument)).collect()
}

fn parameter(index: usize, argument: &FnArg) -> Parameter<'_> {
    let (attrs, receiver, pattern) = match argument {
        FnArg::Receiver(receiver) => (&receiver.attrs, Some(receiver), None),
        FnArg::Typed(typed) => (&typed.attrs, None, Some(typed)),
    };
    let mut bindings = Vec::new();
    if let Some(typed) = pattern {
        collect(&typed.pat, &mut bindings);
    }
    Parameter {
        index,
        bindings,
        ty: pattern.map(|typed| &*typed.ty),
        wild: pattern.is_some_and(|typed| matches!(*typed.pat, Pat::Wild(_))),
        simple: pattern.is_some_and(|typed| is_simple(&typed.pat)),
        cfgs: attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect(),
        receiver,
    }
}

fn is_simple(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(PatIdent { by_ref: None, subpat: None, .. }))
}

fn collect<'a>(pattern: &'a Pat, found: &mut Vec<Binding<'a>>) {
    match pattern {
        Pat::Ident(pattern) => {
            found.push(Binding { ident: &pattern.ident, mutable: pattern.mutability });
            if let Some((_, inner)) = &pattern.subpat {
                collect(inner, found);
            }
        }
        Pat::Paren(pattern) => collect(&pattern.pat, found),
        Pat::Reference(pattern) => collect(&pattern.pat, found),
        Pat::Type(pattern) => collect(&pattern.pat, found),
        Pat::Tuple(pattern) => pattern.elems.iter().for_each(|inner| collect(inner, found)),
        Pat::TupleStruct(pattern) => pattern.elems.iter().for_each(|inner| collect(inner, found)),
        Pat::Slice(pattern) => pattern.elems.iter().for_each(|inner| collect(inner, found)),
        Pat::Struct(pattern) => pattern.fields.iter().for_each(|field| collect(&field.pat, found)),
        Pat::Or(pattern) => pattern.cases.iter().take(1).for_each(|inner| collect(inner, found)),
        _ => {}
    }
}
