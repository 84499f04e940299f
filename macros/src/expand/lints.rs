//! Lints that judge a function by what its body begins with or calls, and would judge ours instead of the user's.

use crate::item::Function;
use crate::model::{Frame, Shape, Traced};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Visibility};

// Input:  `pub fn f<T>() {}`
// Output: `#[allow(clippy::extra_unused_type_parameters, clippy::inline_always)]`
pub(super) fn allowed(traced: &Traced) -> Option<TokenStream> {
    let body = traced.function.body.as_ref()?;
    let mut tokens = TokenStream::new();
    if body.items.is_empty() && body.tokens.is_empty() {
        tokens.extend(quote!(#[allow(clippy::extra_unused_type_parameters, clippy::inline_always)]));
    } else if is_inline(&traced.function) && (!body.items.is_empty() || begins_with_panic(body.tokens.clone())) {
        tokens.extend(quote!(#[allow(clippy::inline_always)]));
    }
    // A function given as an argument counts as something that may change state; in a closure, it is not seen.
    let is_public = matches!(traced.function.vis, Visibility::Public(_));
    if is_public && matches!(traced.shape, Shape::Observed { frame: Frame::Closure, .. }) && passes_function(&body.tokens) {
        tokens.extend(quote!(#[allow(clippy::must_use_candidate)]));
    }
    if traced.prelude.sets_fields {
        tokens.extend(quote!(#[allow(unused_assignments)]));
    }
    (!tokens.is_empty()).then_some(tokens)
}

// Input:  `io::Result<()>`, the closure's type
// Output: `#[allow(clippy::result_large_err)]`
/// What is said of the function need not be said of the closure.
pub(super) fn allowed_on_closure(output: &TokenStream) -> Option<TokenStream> {
    let is_result = |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident.to_string().ends_with("Result"));
    output.clone().into_iter().any(is_result).then(|| quote!(#[allow(clippy::result_large_err)]))
}

fn is_inline(function: &Function) -> bool {
    let mentions_it = |attribute: &Attribute| attribute.to_token_stream().to_string().contains("inline");
    function
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("inline") || (attribute.path().is_ident("cfg_attr") && mentions_it(attribute)))
}

/// `#[cfg(debug_assertions)] panic!(..)`, in a block or not, or an import in a block.
fn begins_with_panic(tokens: TokenStream) -> bool {
    const WORDS: [&str; 5] = ["panic", "todo", "unimplemented", "unreachable", "use"];
    let is_attribute = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == '#',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        _ => false,
    };
    match tokens.into_iter().find(|token| !is_attribute(token)) {
        Some(TokenTree::Ident(word)) => WORDS.contains(&word.to_string().as_str()),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace && begins_with_panic(group.stream()),
        _ => false,
    }
}

/// `map(Type::new)`: a path of several words, the last of them small, alone between parentheses or commas.
fn passes_function(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            (group.delimiter() == Delimiter::Parenthesis && arguments(group.stream()).iter().any(|tokens| is_function(tokens)))
                || passes_function(&group.stream())
        }
        _ => false,
    })
}

fn arguments(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')).map(<[_]>::to_vec).collect()
}

fn is_function(argument: &[TokenTree]) -> bool {
    let (Some((TokenTree::Ident(last), path)), true) = (argument.split_last(), argument.len() > 1) else {
        return false;
    };
    last.to_string().starts_with(char::is_lowercase)
        && path.iter().enumerate().all(|(index, token)| match token {
            TokenTree::Ident(_) => index % 3 == 0,
            TokenTree::Punct(punct) => punct.as_char() == ':' && index % 3 != 0,
            _ => false,
        })
}
