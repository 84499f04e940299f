//! What is known of a span at compile time: one [`Site`] for each annotated function, and a closure whose type tells where that is.
//! In: the literals an expansion writes. Out: the name, kind and scope a span starts with and its `code.*` attributes.

use core::any::type_name;
use core::fmt;
use core::ops::Deref;
use opentelemetry::InstrumentationScope;
use opentelemetry::trace::SpanKind;

/// The schema that the attribute names of this crate follow.
const SCHEMA_URL: &str = "https://opentelemetry.io/schemas/1.44.0";

/// One annotated function, or one `span!`: a literal that needs no evaluation, since an annotated crate has one for each function.
#[derive(Debug)]
pub struct Site {
    /// The span's name, unless the function gives an expression for it.
    pub name: &'static str,
    /// The instrumentation scope: the crate that was annotated, or what `scope = "…"` says.
    pub scope: &'static str,
    /// The crate's version; empty if it was not built by cargo.
    pub version: &'static str,
    /// `code.file.path`; empty where the site is this crate's own: then the span has no `code.*` attributes.
    pub file: &'static str,
    /// `code.line.number`.
    pub line: u32,
    /// The span's kind.
    pub kind: SpanKind,
    /// The span is recorded but not made current.
    pub leaf: bool,
    /// A returned `None` is an error.
    pub none_is_error: bool,
}

impl Site {
    /// A site of this crate's own.
    pub(crate) const fn own(name: &'static str, kind: SpanKind) -> Self {
        let (scope, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Self { name, scope, version, file: "", line: 0, kind, leaf: false, none_is_error: false }
    }
}

/// A [`Site`], and the name of the function it stands in.
#[derive(Clone, Copy)]
pub(crate) struct Callsite {
    site: &'static Site,
    here: fn() -> &'static str,
}

impl Callsite {
    /// `here` is a closure that does nothing: the name of its type is the path of the function it stands in.
    #[inline]
    pub(crate) fn new<F: Fn()>(site: &'static Site, _here: F) -> Self {
        Self { site, here: type_name::<F> }
    }

    /// `code.function.name`: the fully qualified path, with the type for a method.
    pub(crate) fn function(self) -> &'static str {
        const CLOSURE: &str = "::{{closure}}";
        let mut path = (self.here)();
        while let Some(function) = path.strip_suffix(CLOSURE) {
            path = function;
        }
        path
    }

    /// The instrumentation scope as the API has it: made anew each time, since its texts are static and cloning costs more.
    #[inline]
    pub(crate) fn scope(self) -> InstrumentationScope {
        let builder = InstrumentationScope::builder(self.site.scope).with_schema_url(SCHEMA_URL);
        if self.version.is_empty() { builder.build() } else { builder.with_version(self.version).build() }
    }
}

impl Deref for Callsite {
    type Target = Site;
    #[inline]
    fn deref(&self) -> &Site {
        self.site
    }
}

impl fmt::Debug for Callsite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.site.fmt(f)
    }
}
