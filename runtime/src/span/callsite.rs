//! What is known of a span at compile time: one static [`Callsite`] for each annotated function.
//! In: the literals an expansion writes. Out: the name, kind and scope a span starts with and its `code.*` attributes.

use opentelemetry::InstrumentationScope;
use opentelemetry::trace::SpanKind;
use std::sync::OnceLock;

/// The schema that the attribute names of this crate follow.
const SCHEMA_URL: &str = "https://opentelemetry.io/schemas/1.44.0";

/// The instrumentation scope of a span: the crate that was annotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope {
    /// The crate's name, or what `scope = "…"` says.
    pub name: &'static str,
    /// The crate's version; empty if it was not built by cargo.
    pub version: &'static str,
}

/// The literal part of a [`Callsite`].
#[derive(Debug, Clone)]
pub struct Site {
    /// The span's name, unless the function gives an expression for it.
    pub name: &'static str,
    /// The span's kind.
    pub kind: SpanKind,
    /// The instrumentation scope.
    pub scope: Scope,
    /// `code.file.path`; empty where the callsite is this crate's own: then the span has no `code.*` attributes.
    pub file: &'static str,
    /// `code.line.number`.
    pub line: u32,
    /// The span is recorded but not made current.
    pub leaf: bool,
    /// A returned `None` is an error.
    pub none_is_error: bool,
}

/// One annotated function, or one `span!`.
#[derive(Debug)]
pub struct Callsite {
    pub(crate) site: Site,
    here: fn() -> &'static str,
    /// Made when the first span is exported.
    function: OnceLock<&'static str>,
}

impl Callsite {
    /// `here` is a closure that does nothing: the name of its type is the path of the function it stands in.
    pub const fn new<F: Fn() + Copy + 'static>(site: Site, _here: F) -> Self {
        Self { site, here: core::any::type_name::<F>, function: OnceLock::new() }
    }

    /// `code.function.name`: the fully qualified path, with the type for a method.
    pub(crate) fn function(&self) -> &'static str {
        self.function.get_or_init(|| {
            let path = (self.here)();
            let path = path.strip_suffix("::{{closure}}").unwrap_or(path);
            let path = path.strip_suffix("::__TRACED_CALLSITE").unwrap_or(path);
            path.strip_suffix("::{{closure}}").unwrap_or(path)
        })
    }

    /// The instrumentation scope as the API has it: made anew each time, since its texts are static and cloning costs more.
    #[inline]
    pub(crate) fn scope(&self) -> InstrumentationScope {
        let Scope { name, version } = self.site.scope;
        let builder = InstrumentationScope::builder(name).with_schema_url(SCHEMA_URL);
        if version.is_empty() { builder.build() } else { builder.with_version(version).build() }
    }
}
