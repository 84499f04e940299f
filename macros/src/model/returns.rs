//! From a signature to the shape of its expansion: what the function returns decides whether its body needs a frame around it that sees
//! the value, and whether the value is a future that the span has to follow. By the type as written; an alias is asked in the expansion.

use super::tokens;
use super::types::{self, contains_impl, inferred, is_boxed, may_be_alias};
use crate::item::Function;
use proc_macro2::TokenStream;
use syn::{Generics, ReturnType, Type, TypeParamBound};

/// How the body is wrapped.
pub(crate) enum Shape {
    /// A guard in front of the body: nothing is returned, or nothing of it may be touched.
    Guarded,
    /// A frame around the body, with its type (`_` for `impl Trait`).
    Observed { output: TokenStream, mode: Mode, frame: Frame },
    /// An async block around the body, with the type it yields; `None` for `()`.
    Async { output: Option<TokenStream> },
    /// An async block that never ends.
    AsyncNever,
}

impl Shape {
    /// For a value that nobody looks at, a guard is enough; and the body keeps the type that the compiler expects of it.
    pub(super) fn without_value(self) -> Self {
        match self {
            Self::Observed { mode: Mode::Call, .. } => Self::Guarded,
            shape => shape,
        }
    }
}

/// How the value of a body is had.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// A block: the body gives a value, and at its end.
    Block,
    /// A closure: the body may leave by `return` or `?`, or what it gives is a future.
    Closure,
}

/// What a function that is not `async` returns.
pub(crate) enum Mode {
    /// A value.
    Call,
    /// A type that may be an alias of a boxed future or stream: the compiler is asked. As which of them it is written, if it is.
    Ask { ty: TokenStream, boxed: Option<Boxed> },
    /// `impl Future`, whether it is `Unpin`, and the type it yields, which a body may leave open: `Ok(text.parse()?)`.
    Future { unpin: bool, output: Option<TokenStream> },
    /// `impl Stream`
    Stream,
}

/// What is in a box.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boxed {
    Future,
    Stream,
}

/// The shape of a function.
pub(super) fn shape(function: &Function) -> Shape {
    let returned = returned(function);
    let is_async = function.sig.asyncness.is_some() && suspends(function);
    match returned {
        Some(Type::Never(_)) if is_async => Shape::AsyncNever,
        Some(ty) if is_async && !is_unit(ty) => Shape::Async { output: Some(inferred(ty, &function.sig.generics)) },
        _ if is_async => Shape::Async { output: None },
        Some(ty) if !is_unit(ty) && !matches!(ty, Type::Never(_)) => {
            let mode = if function.sig.asyncness.is_some() { Mode::Call } else { mode(ty, &function.sig.generics) };
            match frame(function, &mode) {
                // In a closure, `Location::caller()` would be another.
                Frame::Closure if function.has_attribute("track_caller") => Shape::Guarded,
                frame => Shape::Observed { output: inferred(ty, &function.sig.generics), mode, frame },
            }
        }
        _ => Shape::Guarded,
    }
}

/// Whether the function returns a type that can be no error.
pub(super) fn is_plain(function: &Function, none_is_error: bool) -> bool {
    returned(function).is_some_and(|ty| types::is_plain(ty, none_is_error))
}

/// Whether the function returns a type called `Result`.
pub(super) fn is_result(function: &Function) -> bool {
    matches!(returned(function), Some(Type::Path(path)) if path.path.segments.last().is_some_and(|last| last.ident == "Result"))
}

/// Whether the function returns a `Result` with an error of a generic or borrowed type.
pub(super) fn has_generic_error(function: &Function) -> bool {
    returned(function).is_some_and(|ty| types::has_generic_error(ty, &function.sig))
}

fn returned(function: &Function) -> Option<&Type> {
    match &function.sig.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(ungrouped(ty)),
    }
}

/// Whether an async function may wait. One that cannot is traced like any other, which costs less and leaves
/// `clippy::unused_async` its say.
fn suspends(function: &Function) -> bool {
    function.body.as_ref().is_some_and(|body| tokens::may_await(&body.tokens))
}

fn frame(function: &Function, mode: &Mode) -> Frame {
    let is_value = matches!(mode, Mode::Call | Mode::Ask { boxed: None, .. });
    let may_return = function.body.as_ref().is_some_and(|body| tokens::may_return(&body.tokens));
    if is_value && !may_return { Frame::Block } else { Frame::Closure }
}

/// The type without the delimiters that a `macro_rules` variable or a pair of parentheses puts around it.
pub(super) fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        ty => ty,
    }
}

fn is_unit(ty: &Type) -> bool {
    matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty())
}

fn mode(ty: &Type, generics: &Generics) -> Mode {
    match ty {
        Type::ImplTrait(opaque) => bounded(opaque.bounds.iter(), types::future_output(ty).map(|output| inferred(output, generics))),
        Type::Path(path) if may_be_alias(path, generics) && !contains_impl(ty) => {
            let boxed = [("Future", Boxed::Future), ("Stream", Boxed::Stream)].into_iter().find(|(name, _)| is_boxed(path, name));
            Mode::Ask { ty: inferred(ty, generics), boxed: boxed.map(|(_, boxed)| boxed) }
        }
        _ => Mode::Call,
    }
}

/// A wrapper has only the traits it is given: any other bound than these means that the value has to stay what it is.
fn bounded<'a>(bounds: impl Iterator<Item = &'a TypeParamBound>, output: Option<TokenStream>) -> Mode {
    let (mut mode, mut unpin) = (Mode::Call, false);
    for bound in bounds {
        let name = match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
            TypeParamBound::Lifetime(_) | TypeParamBound::PreciseCapture(_) => continue,
            _ => return Mode::Call,
        };
        match name.as_str() {
            "Future" => mode = Mode::Future { unpin: false, output: None },
            "Stream" => mode = Mode::Stream,
            "Send" | "Sync" | "FusedFuture" | "FusedStream" => {}
            "Unpin" => unpin = true,
            _ => return Mode::Call,
        }
    }
    match mode {
        Mode::Future { .. } => Mode::Future { unpin, output },
        Mode::Stream if unpin => Mode::Call,
        mode => mode,
    }
}
