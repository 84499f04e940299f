//! One argument after the other into [`Args`]: unknown, doubled and misspelled ones are refused here, from the table, and those that
//! exclude each other are named together.

use super::list::{self, Argument, Shape};
use super::table::{self, ELSEWHERE, Entry, TABLE};
use super::value::Value;
use super::{Args, Given, Name, Place, Role, Selection, lists, outcome, value};
use crate::error::{Errors, did_you_mean, quoted};
use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::Parser;

const KINDS: [&str; 5] = ["internal", "server", "client", "producer", "consumer"];

/// Adds one argument.
pub(super) fn apply(args: &mut Args, argument: Argument, errors: &mut Errors) {
    let name = argument.key.unraw().to_string();
    let Some(entry) = table::find(&name) else {
        return unknown(&argument.key, &name, errors);
    };
    if !fits(entry, &argument, errors) {
        return;
    }
    let Argument { key, shape } = argument;
    match shape {
        _ if name == "ret" => {
            let ret = outcome::ret(&key, shape, errors);
            set(&mut args.ret, key, ret, errors);
        }
        Shape::Word => word(args, &name, key, errors),
        Shape::Value(value) => assignment(args, &name, key, value, errors),
        Shape::List(tokens) => list(args, &name, key, tokens, errors),
    }
}

fn unknown(key: &Ident, name: &str, errors: &mut Errors) {
    let remedy = match ELSEWHERE.iter().find(|(theirs, _)| *theirs == name) {
        Some((_, remedy)) => format!("; {remedy}"),
        None => did_you_mean(name, TABLE.iter().map(|entry| entry.name)),
    };
    let remedy = match remedy.as_str() {
        "" => format!("; arguments are {}", quoted(TABLE.iter().map(|entry| entry.name))),
        _ => remedy,
    };
    errors.at(key, format!("unknown argument `{name}`{remedy}"));
}

fn fits(entry: &Entry, argument: &Argument, errors: &mut Errors) -> bool {
    let (allowed, found) = match &argument.shape {
        Shape::Word => (entry.word, "alone"),
        Shape::Value(_) => (entry.value, "with `=`"),
        Shape::List(_) => (entry.list, "with `(..)`"),
    };
    if !allowed && entry.name == "err" {
        errors.at(&argument.key, "every `Err` is recorded as an error already; remove `err`");
    } else if !allowed {
        errors.at(&argument.key, format!("`{}` is not written {found}; write {}", entry.name, entry.forms));
    }
    allowed
}

fn set<T>(slot: &mut Option<Given<T>>, key: Ident, value: Option<T>, errors: &mut Errors) {
    if slot.is_some() {
        return errors.at(&key, format!("`{key}` is given twice; remove one"));
    }
    *slot = value.map(|value| Given { key, value, inherited: false });
}

/// As [`set`], for arguments of which only one can be given.
fn set_one_of<T>(slot: &mut Option<Given<T>>, key: Ident, value: T, errors: &mut Errors) {
    match slot {
        Some(other) if other.key != key => exclude(&key, &other.key, errors),
        _ => set(slot, key, Some(value), errors),
    }
}

fn exclude(key: &Ident, other: &Ident, errors: &mut Errors) {
    errors.at(key, format!("`{key}` and `{other}` exclude each other; remove one"));
}

fn word(args: &mut Args, name: &str, key: Ident, errors: &mut Errors) {
    match name {
        "args" => set(&mut args.parameters, key, Some(Selection::All), errors),
        "root" => place(args, key, Place::Root { link: false }, errors),
        "current" => place(args, key, Place::Current, errors),
        "leaf" => set(&mut args.leaf, key, Some(()), errors),
        _ => set(&mut args.skip, key, Some(()), errors),
    }
}

fn assignment(args: &mut Args, name: &str, key: Ident, value: Value, errors: &mut Errors) {
    match name {
        "name" => {
            let name = span_name(value, errors);
            set(&mut args.name, key, name, errors);
        }
        "kind" => {
            if let Some(kind) = one_word(&value, &KINDS, "kinds are", errors) {
                set_one_of(&mut args.role, key, Role::Kind(kind), errors);
            }
        }
        "none" => {
            let error = one_word(&value, &["error"], "write", errors).map(|_| ());
            set(&mut args.none_is_error, key, error, errors);
        }
        "parent" => place(args, key, Place::Parent(value), errors),
        "from" => place(args, key, Place::From(value), errors),
        "into" => set(&mut args.into, key, Some(value), errors),
        "link" => set(&mut args.link, key, Some(value), errors),
        "links" => set(&mut args.links, key, Some(value), errors),
        "scope" => {
            let scope = non_empty(&value, "a scope", errors);
            set(&mut args.scope, key, scope, errors);
        }
        "when" => set(&mut args.when, key, Some(value), errors),
        _ => match syn::Path::parse_mod_style.parse2(value.tokens.clone()) {
            Ok(path) => set(&mut args.runtime, key, Some(path), errors),
            Err(_) => errors.at(&value, "expected a path; write `crate = path::to::traced`"),
        },
    }
}

fn list(args: &mut Args, name: &str, key: Ident, tokens: TokenStream, errors: &mut Errors) {
    match name {
        "attributes" => {
            if args.attributes.iter().any(|given| given.key != "attr") {
                return errors.at(&key, "`attributes` is given twice; put them into one list");
            }
            let captures = value::captures(tokens, errors).into_iter();
            args.attributes.extend(captures.map(|value| Given { key: key.clone(), value, inherited: false }));
        }
        "args" => {
            let selection = lists::selection(&key, tokens, errors);
            set(&mut args.parameters, key, Some(selection), errors);
        }
        "err" => {
            let err = outcome::err(&key, tokens, errors);
            set(&mut args.err, key, Some(err), errors);
        }
        "root" => match single_word(&tokens) {
            Some(word) if word == "link" => place(args, key, Place::Root { link: true }, errors),
            _ => errors.at(&key, "`root` takes one word in its parentheses; write `root` or `root(link)`"),
        },
        "consumer" => {
            if let Some((message, link_only)) = lists::consumer(&key, tokens, errors) {
                message_role(args, key, Role::Consumer { message, link_only }, errors);
            }
        }
        _ => match list::each(tokens, errors, |input| list::value(input, key.span())).as_slice() {
            [message] => message_role(args, key, Role::Producer { message: message.clone() }, errors),
            _ => errors.at(&key, "`producer` takes one message; write `producer(MESSAGE)`"),
        },
    }
}

fn place(args: &mut Args, key: Ident, place: Place, errors: &mut Errors) {
    match &args.role {
        Some(role) if matches!(role.value, Role::Consumer { .. }) => exclude(&key, &role.key, errors),
        _ => set_one_of(&mut args.place, key, place, errors),
    }
}

fn message_role(args: &mut Args, key: Ident, role: Role, errors: &mut Errors) {
    match &args.place {
        Some(place) if matches!(role, Role::Consumer { .. }) => exclude(&key, &place.key, errors),
        _ => set_one_of(&mut args.role, key, role, errors),
    }
}

fn span_name(value: Value, errors: &mut Errors) -> Option<Name> {
    if value.string().is_some() {
        return non_empty(&value, "a span", errors).map(Name::Literal);
    }
    Some(Name::Expression(value))
}

fn non_empty(value: &Value, what: &str, errors: &mut Errors) -> Option<String> {
    match value.string().map(|literal| literal.value()) {
        Some(text) if !text.is_empty() => return Some(text),
        Some(_) => errors.at(value, format!("{what} needs a name; write one between the quotes")),
        None => errors.at(value, format!("expected a string; {what} has a name in quotes")),
    }
    None
}

fn one_word(value: &Value, words: &[&'static str], lead: &str, errors: &mut Errors) -> Option<&'static str> {
    let found = value.identifier().map(|ident| ident.to_string()).unwrap_or_default();
    if let Some(word) = words.iter().find(|word| **word == found) {
        return Some(word);
    }
    let hint = if found.is_empty() { String::new() } else { did_you_mean(&found.to_lowercase(), words.iter().copied()) };
    let hint = if hint.is_empty() { format!("; {lead} {}", quoted(words)) } else { hint };
    errors.at(value, format!("unknown value `{}`{hint}", value.tokens));
    None
}

fn single_word(tokens: &TokenStream) -> Option<Ident> {
    Value::new(tokens.clone()).identifier()
}
