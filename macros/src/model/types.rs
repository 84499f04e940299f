//! What a type says of itself as it is written: whether it may be an alias, whether it is a boxed future or stream, what a future yields,
//! and how it is spelled in a body.

use super::returns::ungrouped;
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Generics, PathArguments, Signature, Token, Type, TypeInfer, TypeParamBound, TypePath};

/// Types of the standard library that are what they are called and can be no error: what they mean is not for their users to say.
const PLAIN: &str = "bool char str i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 String Vec VecDeque HashMap BTreeMap \
    HashSet BTreeSet Cow Rc Arc Weak Cell RefCell Mutex RwLock NonNull MaybeUninit PhantomData Range TypeId PathBuf OsString Duration \
    Instant SystemTime Ordering Poll Waker";

fn is_one_of(name: &Ident, names: &str) -> bool {
    names.split(' ').any(|one| name == one)
}

/// Whether the type may turn out to be another than its name says.
pub(super) fn may_be_alias(path: &TypePath, generics: &Generics) -> bool {
    const MEANINGFUL: &str = "Result Option Self Box";
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let is_pinned_reference = last.ident == "Pin" && matches!(argument(last), Some(Type::Reference(_)));
    !is_parameter(path, generics) && !is_pinned_reference && !is_one_of(&last.ident, MEANINGFUL) && !is_one_of(&last.ident, PLAIN)
}

/// Whether it is a type parameter of the function.
fn is_parameter(path: &TypePath, generics: &Generics) -> bool {
    path.path.get_ident().is_some_and(|name| generics.type_params().any(|parameter| parameter.ident == *name))
}

/// Whether values of the type can be no error, for all that anybody can implement for it. `Option` is one of them unless `none = error`
/// makes it one. The compiler is spared a search for an outcome that is not there: a fifth of what an expansion costs. And
/// `Index::index`, which is `#[track_caller]` where it is declared, stays so: it returns a reference.
pub(super) fn is_plain(ty: &Type, none_is_error: bool) -> bool {
    match ty {
        Type::Reference(_) | Type::Tuple(_) | Type::Array(_) | Type::Slice(_) | Type::Ptr(_) | Type::FnPtr(_) => true,
        Type::ImplTrait(ty) => !ty.bounds.iter().any(may_have_outcome),
        Type::Path(path) if path.qself.is_none() => {
            path.path.segments.last().is_some_and(|last| is_one_of(&last.ident, PLAIN) || (last.ident == "Option" && !none_is_error))
        }
        _ => false,
    }
}

/// Whether a type parameter or something borrowed stands in the arguments of a `Result`'s error type, as in `Result<T, ReuniteError<T>>` or
/// `Result<(), CapacityError<&str>>`. Such an error may be a `std::error::Error` only where `T: 'static`: the compiler chooses the impl
/// without a look at lifetimes, and then refuses it. Parameters of the surrounding `impl` are not to be seen from a method: types are known
/// by their short names, lifetimes because the function does not declare them, and then `Self::Error` may be made of one.
pub(super) fn has_generic_error(ty: &Type, sig: &Signature) -> bool {
    let Type::Path(path) = future_output(ty).unwrap_or(ty) else {
        return false;
    };
    let Some(PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments) else {
        return false;
    };
    let mut types = arguments.args.iter().filter_map(type_argument);
    match (types.next(), types.next()) {
        (Some(_), Some(Type::Path(error))) if error.path.segments.first().is_some_and(|first| first.ident == "Self") => {
            names_foreign_lifetime(sig.inputs.to_token_stream(), &sig.generics)
        }
        (Some(_), Some(Type::Path(error))) => error.path.segments.iter().any(|segment| {
            matches!(&segment.arguments, PathArguments::AngleBracketed(arguments)
                if mentions_parameter(arguments.to_token_stream(), &sig.generics)
                    || arguments.args.iter().filter_map(type_argument).any(|ty| borrows(ty.to_token_stream())))
        }),
        _ => false,
    }
}

fn type_argument(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ungrouped(ty)),
        _ => None,
    }
}

/// The lifetimes that stand in the tokens, `&` without one as `_`.
fn lifetimes(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (token, tokens.peek()) {
            (TokenTree::Punct(punct), Some(TokenTree::Ident(name))) if punct.as_char() == '\'' => found.push(name.to_string()),
            (TokenTree::Punct(punct), next) if punct.as_char() == '&' => {
                let is_named = matches!(next, Some(TokenTree::Punct(next)) if next.as_char() == '\'');
                found.extend((!is_named).then(|| "_".to_owned()));
            }
            (TokenTree::Group(group), _) => found.extend(lifetimes(group.stream())),
            _ => {}
        }
    }
    found
}

fn borrows(tokens: TokenStream) -> bool {
    lifetimes(tokens).iter().any(|name| name != "static")
}

fn names_foreign_lifetime(tokens: TokenStream, generics: &Generics) -> bool {
    let is_own = |name: &str| generics.lifetimes().any(|own| own.lifetime.ident == name);
    lifetimes(tokens).iter().any(|name| name != "static" && name != "_" && !is_own(name))
}

fn mentions_parameter(tokens: TokenStream, generics: &Generics) -> bool {
    let is_short = |name: &str| name.len() <= 2 && name.starts_with(char::is_uppercase) && !name.contains(char::is_lowercase);
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "Self" || generics.type_params().any(|own| own.ident == ident) || is_short(&ident.to_string()),
        TokenTree::Group(group) => mentions_parameter(group.stream(), generics),
        _ => false,
    })
}

/// `impl Future` has an output, and `impl IntoOutcome` says what it is.
fn may_have_outcome(bound: &TypeParamBound) -> bool {
    const NAMES: [&str; 3] = ["Future", "Stream", "IntoOutcome"];
    match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| NAMES.iter().any(|name| last.ident == name)),
        _ => false,
    }
}

/// What the future yields that is written as `impl Future<Output = ..>`, as a boxed one, or by the names that `futures` gives that.
pub(super) fn future_output(ty: &Type) -> Option<&Type> {
    match ty {
        Type::ImplTrait(ty) => ty.bounds.iter().find_map(output_of_bound),
        Type::TraitObject(ty) => ty.bounds.iter().find_map(output_of_bound),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|_| is_boxed(path, "Future"))?;
            let inner = argument(last)?;
            if last.ident == "Pin" { boxed(inner).and_then(future_output) } else { Some(inner) }
        }
        _ => None,
    }
}

fn output_of_bound(bound: &TypeParamBound) -> Option<&Type> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last().filter(|last| last.ident == "Future")?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::AssocType(output) if output.ident == "Output" => Some(ungrouped(&output.ty)),
        _ => None,
    })
}

/// `Pin<Box<dyn Future>>`, and the names that `futures` gives it; the same of a `Stream`.
pub(super) fn is_boxed(path: &TypePath, of: &str) -> bool {
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let is_alias = || last.ident.to_string().trim_start_matches("Local").strip_prefix("Box").is_some_and(|name| name == of);
    if last.ident == "Pin" { argument(last).is_some_and(|ty| is_box_of(ty, of)) } else { is_alias() }
}

/// The first type between the angle brackets.
fn argument(segment: &syn::PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(type_argument),
        _ => None,
    }
}

/// What is in the `Box`.
fn boxed(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    path.path.segments.last().filter(|segment| segment.ident == "Box").and_then(argument)
}

fn is_box_of(ty: &Type, of: &str) -> bool {
    let Some(Type::TraitObject(object)) = boxed(ty) else {
        return false;
    };
    object.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|segment| segment.ident == of),
        _ => false,
    })
}

/// Whether `impl Trait` stands anywhere in it.
pub(super) fn contains_impl(ty: &Type) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == "impl",
            TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}

/// The type as it is written in the body: with `_` for every `impl Trait`, which may not stand there, with `'_` for every lifetime of the
/// function, because a lifetime that the body names is one that `clippy::needless_lifetimes` takes for needed, and as the macro's own words:
/// what lints say of the type they have said of the signature, and of that of a trait's method they would say nothing.
pub(super) fn inferred(ty: &Type, generics: &Generics) -> TokenStream {
    let tokens = if contains_impl(ty) {
        let mut ty = ty.clone();
        infer(&mut ty);
        ty.into_token_stream()
    } else {
        ty.to_token_stream()
    };
    let keeps_lifetimes = generics.lifetimes().next().is_none() || has_elision_of_its_own(tokens.clone());
    shown_as_ours(if keeps_lifetimes { tokens } else { elided(tokens, generics) })
}

/// The same words where they stand. `$crate` is a crate only as the user's macro wrote it.
fn shown_as_ours(tokens: TokenStream) -> TokenStream {
    let ours = |token: TokenTree| {
        let mut token = match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), shown_as_ours(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            TokenTree::Ident(ident) if ident == "$crate" => return ident.into(),
            token => token,
        };
        token.set_span(Span::mixed_site().located_at(token.span()));
        token
    };
    tokens.into_iter().map(ours).collect()
}

/// `fn(&A) -> &'a B`, `dyn Fn() -> &'a B`: there, `'_` would be another lifetime.
fn has_elision_of_its_own(tokens: TokenStream) -> bool {
    let mut after_minus = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => {
            let arrow = after_minus && punct.as_char() == '>';
            after_minus = punct.as_char() == '-';
            arrow
        }
        TokenTree::Group(group) => has_elision_of_its_own(group.stream()),
        _ => false,
    })
}

fn elided(tokens: TokenStream, generics: &Generics) -> TokenStream {
    let mut after_quote = false;
    let elide = |token: TokenTree| {
        let is_name = std::mem::replace(&mut after_quote, matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\''));
        match token {
            TokenTree::Ident(name) if is_name && generics.lifetimes().any(|own| own.lifetime.ident == name) => {
                TokenTree::Ident(Ident::new("_", name.span()))
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), elided(group.stream(), generics));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token => token,
        }
    };
    tokens.into_iter().map(elide).collect()
}

fn infer(ty: &mut Type) {
    match ty {
        Type::ImplTrait(opaque) => {
            let underscore = Token![_](opaque.impl_token.span);
            *ty = Type::Infer(TypeInfer { attrs: Vec::new(), underscore_token: underscore });
        }
        Type::Array(ty) => infer(&mut ty.elem),
        Type::Group(ty) => infer(&mut ty.elem),
        Type::Paren(ty) => infer(&mut ty.elem),
        Type::Ptr(ty) => infer(&mut ty.elem),
        Type::Reference(ty) => infer(&mut ty.elem),
        Type::Slice(ty) => infer(&mut ty.elem),
        Type::Tuple(ty) => ty.elems.iter_mut().for_each(infer),
        Type::Path(ty) => ty.path.segments.iter_mut().for_each(|segment| infer_arguments(&mut segment.arguments)),
        Type::TraitObject(ty) => ty.bounds.iter_mut().for_each(|bound| {
            if let TypeParamBound::Trait(bound) = bound {
                bound.path.segments.iter_mut().for_each(|segment| infer_arguments(&mut segment.arguments));
            }
        }),
        _ => {}
    }
}

fn infer_arguments(arguments: &mut PathArguments) {
    if let PathArguments::AngleBracketed(arguments) = arguments {
        for argument in &mut arguments.args {
            match argument {
                GenericArgument::Type(ty) => infer(ty),
                GenericArgument::AssocType(assoc) => infer(&mut assoc.ty),
                _ => {}
            }
        }
    }
}
