//! One function and the arguments in force for it to [`Traced`]: a record of what its expansion consists of.

use super::captures::{self, Captured};
use super::conflicts;
use super::prelude::{self, Prelude};
use super::returns::{self, Shape};
use crate::args::Policy;
use crate::args::{Args, ErrArgs, Given, Name, Place, Ret, Role, Value};
use crate::error::Errors;
use crate::item::{self, Function, Parameter};
use proc_macro2::{Ident, Literal};
use quote::ToTokens as _;
use syn::ext::IdentExt;
use syn::{ReceiverKind, Type};

/// A function that gets a span.
pub(crate) struct Traced {
    pub(crate) function: Function,
    /// Where the runtime lives, if not at `::traced`.
    pub(crate) runtime: Option<syn::Path>,
    pub(crate) site: Site,
    pub(crate) start: Start,
    pub(crate) captures: Vec<Captured>,
    pub(crate) outcome: Outcome,
    pub(crate) shape: Shape,
    pub(crate) prelude: Prelude,
}

/// What is known of the span at compile time.
pub(crate) struct Site {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) scope: Option<String>,
    pub(crate) leaf: bool,
    pub(crate) none_is_error: bool,
}

/// What the start of the span needs beyond that.
pub(crate) struct Start {
    pub(crate) when: Option<Value>,
    pub(crate) name: Option<Value>,
    pub(crate) place: Option<Place>,
    pub(crate) consumer: Option<(Value, bool)>,
    pub(crate) producer: Option<Written>,
    pub(crate) into: Option<Value>,
    pub(crate) link: Option<Value>,
    pub(crate) links: Option<Value>,
}

/// A message that the span's context is written into.
pub(crate) enum Written {
    /// An expression that is a place.
    Place(Value),
    /// An expression that is a `&mut` already.
    Reference(Value),
    /// A parameter that is a `&mut`.
    Reborrowed(Ident),
    /// A parameter by value, which has to become `mut` first.
    Owned(Ident),
}

/// What is recorded of the outcome.
pub(crate) struct Outcome {
    pub(crate) ret: Vec<Captured>,
    pub(crate) err: Vec<Captured>,
    pub(crate) policy: Option<Policy>,
    /// The returned type can be no error: there is nothing to ask.
    pub(crate) plain: bool,
    /// Whether the error is more than a text may depend on lifetimes that only the compiler knows, and that it does not ask about before
    /// it has chosen: see `types::has_generic_error`.
    pub(crate) generic_error: bool,
}

impl Outcome {
    /// Whether nobody looks at the returned value.
    fn is_nothing(&self) -> bool {
        self.plain && self.ret.is_empty() && self.err.is_empty()
    }
}

/// A function with a body.
pub(super) fn resolve(args: &Args, function: Function, prefix: Option<&str>, errors: &mut Errors) -> Traced {
    conflicts::check_current(args, errors);
    let shape = returns::shape(&function);
    let parameters = item::bindings(&function.sig);
    let captures = captures::resolve(args, &function, &parameters, errors);
    let outcome = outcome(args, &function, &shape, errors);
    let shape = if outcome.is_nothing() { shape.without_value() } else { shape };
    let prelude = prelude::resolve(&function, &shape, &parameters);
    let start = start(args, &parameters);
    let site = site(args, &function, &shape, prefix);
    drop(parameters);
    let runtime = args.runtime.as_ref().map(|given| given.value.clone());
    Traced { function, runtime, site, start, captures, outcome, shape, prelude }
}

fn site(args: &Args, function: &Function, shape: &Shape, prefix: Option<&str>) -> Site {
    let own = function.sig.ident.unraw();
    let name = match args.name.as_ref().map(|given| &given.value) {
        Some(Name::Literal(name)) => name.clone(),
        _ => prefix.map_or_else(|| own.to_string(), |prefix| format!("{prefix}::{own}")),
    };
    let kind = match args.role.as_ref().map(|given| &given.value) {
        Some(Role::Kind(kind)) => kind,
        Some(Role::Consumer { .. }) => "consumer",
        Some(Role::Producer { .. }) => "producer",
        None => "internal",
    };
    let none_is_error = args.none_is_error.is_some() && !matches!(shape, Shape::Guarded | Shape::AsyncNever);
    Site { name, kind, scope: args.scope.as_ref().map(|given| given.value.clone()), leaf: args.leaf.is_some(), none_is_error }
}

fn start(args: &Args, parameters: &[Parameter<'_>]) -> Start {
    let value = |given: &Option<Given<Value>>| given.as_ref().map(|given| given.value.clone());
    let (mut consumer, mut producer) = (None, None);
    match args.role.as_ref().map(|given| &given.value) {
        Some(Role::Consumer { message, link_only }) => consumer = Some((message.clone(), *link_only)),
        Some(Role::Producer { message }) => producer = Some(written(message, parameters)),
        _ => {}
    }
    let name = args.name.as_ref().and_then(|given| match &given.value {
        Name::Expression(value) => Some(value.clone()),
        // A message names its span too, unless it is told that it is named.
        Name::Literal(name) => (consumer.is_some() || producer.is_some()).then(|| Value::new(Literal::string(name).into_token_stream())),
    });
    let place = args.place.as_ref().map(|given| given.value.clone());
    Start {
        when: value(&args.when),
        name,
        place,
        consumer,
        producer,
        into: value(&args.into),
        link: value(&args.link),
        links: value(&args.links),
    }
}

fn written(message: &Value, parameters: &[Parameter<'_>]) -> Written {
    if message.tokens.to_string().starts_with("& mut") || message.tokens.to_string().starts_with("&mut") {
        return Written::Reference(message.clone());
    }
    let named = |name: &Ident| {
        let parameter =
            parameters.iter().find(|parameter| parameter.simple && parameter.bindings.iter().any(|binding| binding.ident == name))?;
        Some((parameter.ty?, parameter.bindings.first()?))
    };
    match message.identifier().and_then(|name| named(&name).map(|found| (name, found))) {
        Some((name, (Type::Reference(_), _))) => Written::Reborrowed(name),
        Some((name, (_, binding))) if binding.mutable.is_none() => Written::Owned(name),
        _ => Written::Place(message.clone()),
    }
}

/// `ret`, `err` and `none`, where there is a value to look at.
fn outcome(args: &Args, function: &Function, shape: &Shape, errors: &mut Errors) -> Outcome {
    let nothing = Outcome { ret: Vec::new(), err: Vec::new(), policy: None, plain: false, generic_error: false };
    if let Some(why) = conflicts::no_value(function, shape) {
        conflicts::refuse_outcome(args, &why, errors);
        return nothing;
    }
    conflicts::check_none(args, function, errors);
    let ret = args.ret.as_ref().map(|given| match &given.value {
        Ret::Value(key) => vec![Captured::whole("ret", key, &given.key)],
        Ret::Captures(captures) => Captured::expressions(captures),
    });
    let err = args.err.as_ref().filter(|given| !given.inherited || conflicts::looks_like_result(function));
    let (err, policy) = err.map_or((Vec::new(), None), |given| {
        let ErrArgs { policy, captures } = &given.value;
        (Captured::expressions(captures), policy.clone())
    });
    let plain = policy.is_none() && returns::is_plain(function, args.none_is_error.is_some());
    let generic_error = returns::has_generic_error(function);
    Outcome { ret: ret.unwrap_or_default(), err, policy, plain, generic_error }
}

/// Whether a receiver is a plain reference, which nothing happens to when it goes out of scope.
pub(super) fn is_reference(kind: &ReceiverKind) -> bool {
    match kind {
        ReceiverKind::Reference(..) => true,
        ReceiverKind::Typed(_, ty) => matches!(**ty, Type::Reference(_)),
        _ => false,
    }
}
