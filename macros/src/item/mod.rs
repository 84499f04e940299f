//! Tokens to [`Item`]: a function, a block of functions, or something that cannot be traced. Signatures are parsed, bodies stay the
//! tokens they are: what is being typed in an editor may not parse, and nothing here needs to know it.

mod block;
mod function;
mod parameters;
mod plain;

pub(crate) use block::{Block, BlockKind};
pub(crate) use function::{Body, Function};
pub(crate) use parameters::{Binding, Parameter, bindings};

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Token, Visibility};

/// What the attribute stands on, or what stands in an annotated block.
pub(crate) enum Item {
    Function(Box<Function>),
    Block(Block),
    Other(Other),
}

/// What is no function and holds none.
pub(crate) struct Other {
    pub(crate) tokens: TokenStream,
    /// The word of it that says what it is, and that word as a noun.
    pub(crate) word: Span,
    pub(crate) noun: &'static str,
}

/// Reads the one item the attribute stands on.
pub(crate) fn parse(tokens: TokenStream) -> syn::Result<Item> {
    let first = |input: ParseStream| {
        let item = item(input)?;
        let rest: TokenStream = input.parse()?;
        Ok((item, rest))
    };
    match first.parse2(tokens.clone())? {
        (Item::Other(other), _) => Ok(Item::Other(Other { tokens, ..other })),
        (item, _) => Ok(item),
    }
}

/// What comes before the word that says what an item is.
pub(crate) struct Head {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
}

/// Reads one item, up to its brace or semicolon.
fn item(input: ParseStream) -> syn::Result<Item> {
    let start = input.fork();
    let head = Head { attrs: input.call(Attribute::parse_outer)?, vis: input.parse()? };
    match keyword(input).as_str() {
        "fn" => function::parse(head, input),
        "impl" => block::parse(BlockKind::Impl, head, input),
        "trait" => block::parse(BlockKind::Trait, head, input),
        "mod" if is_inline_mod(input) => block::parse(BlockKind::Mod, head, input),
        word => plain::parse(word, &start, input).map(Item::Other),
    }
}

/// The word that says what comes: the first that is no modifier.
fn keyword(input: ParseStream) -> String {
    let ahead = input.fork();
    let mut last = String::new();
    while let Ok(token) = ahead.parse::<TokenTree>() {
        match token {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                let modifier = matches!(word.as_str(), "const" | "async" | "unsafe" | "extern" | "default" | "auto" | "safe" | "gen");
                if !modifier {
                    let nameless = matches!(last.as_str(), "" | "unsafe" | "default" | "auto" | "async" | "safe" | "gen");
                    let declares = matches!(word.as_str(), "fn" | "impl" | "trait" | "mod" | "crate");
                    return if nameless || declares { word } else { last };
                }
                last = word;
            }
            TokenTree::Literal(_) if last == "extern" => {}
            _ => break,
        }
    }
    last
}

fn is_inline_mod(input: ParseStream) -> bool {
    let ahead = input.fork();
    let skip = |input: ParseStream| -> syn::Result<()> {
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Token![mod]>()?;
        input.parse::<Ident>()?;
        Ok(())
    };
    skip(&ahead).is_ok() && ahead.peek(syn::token::Brace)
}
