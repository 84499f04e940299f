//! Arguments that do not go together with each other or with what the function returns. Defaults of a block that do not fit one of its
//! functions are passed over; what is written for the function itself is refused.

use super::returns::{self, Boxed, Mode, Shape};
use crate::args::{Args, Given};
use crate::error::Errors;
use crate::item::Function;
use proc_macro2::Ident;
use syn::{ReturnType, Type};

/// `current` starts no span: what describes one is refused beside it.
pub(super) fn check_current(args: &Args, errors: &mut Errors) {
    let Some(place) = args.place.as_ref().filter(|given| given.key == "current" && !given.inherited) else {
        return;
    };
    let own = |given: Option<(&Ident, bool)>| given.filter(|(_, inherited)| !inherited).map(|(key, _)| key.clone());
    let described =
        [own(key(args.name.as_ref())), own(key(args.role.as_ref())), own(key(args.scope.as_ref())), own(key(args.leaf.as_ref()))];
    for key in described.into_iter().flatten() {
        errors.at(&key, format!("`{key}` and `{}` exclude each other, because no span is started; remove one", place.key));
    }
}

fn key<T>(given: Option<&Given<T>>) -> Option<(&Ident, bool)> {
    given.map(|given| (&given.key, given.inherited))
}

/// Why there is no returned value to look at, if there is none; and what to write, if that is more than to remove the argument.
pub(super) fn no_value(function: &Function, shape: &Shape) -> Option<String> {
    let name = &function.sig.ident;
    match shape {
        Shape::Guarded if function.has_attribute("track_caller") && !returns_nothing(function) => Some(format!(
            "`{name}` is `#[track_caller]` and may leave by `return` or `?`: in the closure that shows its value, `Location::caller()` \
                 would be another; put `#[traced(..)]` on a function that `{name}` calls, or"
        )),
        Shape::Guarded | Shape::Async { output: None } => Some(format!("`{name}` returns nothing;")),
        Shape::AsyncNever => Some(format!("`{name}` never returns;")),
        Shape::Observed { mode: Mode::Stream | Mode::Ask { boxed: Some(Boxed::Stream), .. }, .. } => {
            Some(format!("`{name}` returns a stream, which has many;"))
        }
        _ => None,
    }
}

fn returns_nothing(function: &Function) -> bool {
    match &function.sig.output {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(&**ty, Type::Never(_)) || matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()),
    }
}

/// Refuses `ret`, `err` and `none`.
pub(super) fn refuse_outcome(args: &Args, why: &str, errors: &mut Errors) {
    let keys = [key(args.ret.as_ref()), key(args.err.as_ref()), key(args.none_is_error.as_ref())];
    for (key, _) in keys.into_iter().flatten().filter(|(_, inherited)| !inherited) {
        errors.at(key, format!("`{key}` needs a returned value, but {why} remove it"));
    }
}

/// `none = error` on a type that is plainly no `Option`.
pub(super) fn check_none(args: &Args, function: &Function, errors: &mut Errors) {
    let Some(given) = args.none_is_error.as_ref().filter(|given| !given.inherited) else {
        return;
    };
    if returns::is_plain(function, true) || returns::is_result(function) {
        let name = &function.sig.ident;
        errors.at(&given.key, format!("`{}` needs a returned `Option`, and `{name}` returns something else; remove it", given.key));
    }
}

/// Whether a block's `err(..)` may be meant for this function.
pub(super) fn looks_like_result(function: &Function) -> bool {
    fn any(tokens: proc_macro2::TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident.to_string().ends_with("Result"),
            proc_macro2::TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(quote::ToTokens::to_token_stream(&function.sig.output))
}
