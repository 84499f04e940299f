//! Tokens of `#[traced(..)]` to [`Args`]: spelling, shapes, duplicates and the arguments that exclude each other. Every argument keeps
//! its key, so that whatever is found wrong with it later can be shown there. What depends on the function is left to `model`.

mod apply;
mod list;
mod lists;
mod merge;
mod outcome;
mod parameter;
mod table;
mod value;

pub(crate) use outcome::{ErrArgs, Policy, Ret};
pub(crate) use parameter::parse as parse_parameter;
pub(crate) use value::{Capture, Conversion, Key, Source, Value};

use crate::error::Errors;
use proc_macro2::{Ident, TokenStream};

/// An argument with the key it was written under.
#[derive(Clone)]
pub(crate) struct Given<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
    /// It is a default of the block around: passed over where it does not fit.
    pub(crate) inherited: bool,
}

/// The arguments of one attribute; absent ones are `None`.
#[derive(Clone, Default)]
pub(crate) struct Args {
    pub(crate) name: Option<Given<Name>>,
    pub(crate) role: Option<Given<Role>>,
    pub(crate) place: Option<Given<Place>>,
    pub(crate) attributes: Vec<Given<Capture>>,
    pub(crate) parameters: Option<Given<Selection>>,
    pub(crate) ret: Option<Given<Ret>>,
    pub(crate) err: Option<Given<ErrArgs>>,
    pub(crate) none_is_error: Option<Given<()>>,
    pub(crate) into: Option<Given<Value>>,
    pub(crate) link: Option<Given<Value>>,
    pub(crate) links: Option<Given<Value>>,
    pub(crate) scope: Option<Given<String>>,
    pub(crate) leaf: Option<Given<()>>,
    pub(crate) when: Option<Given<Value>>,
    pub(crate) skip: Option<Given<()>>,
    pub(crate) runtime: Option<Given<syn::Path>>,
}

/// `name = ..`
#[derive(Clone)]
pub(crate) enum Name {
    Literal(String),
    Expression(Value),
}

/// What the span is to the other side: its kind, or a message that says so.
#[derive(Clone)]
pub(crate) enum Role {
    Kind(&'static str),
    Consumer { message: Value, link_only: bool },
    Producer { message: Value },
}

/// Where in which trace the span stands, if not under the current one.
#[derive(Clone)]
pub(crate) enum Place {
    Parent(Value),
    Root { link: bool },
    Current,
    From(Value),
}

/// Which parameters `args` captures.
#[derive(Clone)]
pub(crate) enum Selection {
    All,
    Only(Vec<Ident>),
    AllBut(Vec<Ident>),
}

/// Reads the arguments of one attribute.
pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args::default();
    for argument in list::split(tokens, errors) {
        apply::apply(&mut args, argument, errors);
    }
    args
}
