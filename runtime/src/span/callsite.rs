//! What is known of a span at compile time: one static [`Callsite`] for each annotated function.
//! In: the literals an expansion writes. Out: the name, kind and scope a span starts with and its `code.*` attributes.

use opentelemetry::InstrumentationScope;
use opentelemetry::trace::SpanKind;
use std::sync::OnceLock;

/// The schema that the attribute names of this crate follow.
const SCHEMA_URL: &str = "https://opentelemetry.io/schemas/1.44.0";

/// One annotated function, or one `span!`.
#[derive(Debug)]
pub struct Callsite {
    /// The span's name, unless the function gives an expression for it.
    pub(crate) name: &'static str,
    /// The instrumentation scope: the crate that was annotated, or what `scope = "…"` says.
    scope: &'static str,
    /// The crate's version; empty if it was not built by cargo.
    version: &'static str,
    /// `code.file.path`; empty where the callsite is this crate's own: then the span has no `code.*` attributes.
    pub(crate) file: &'static str,
    /// `code.line.number`.
    pub(crate) line: u32,
    pub(crate) kind: SpanKind,
    /// The span is recorded but not made current.
    pub(crate) leaf: bool,
    /// A returned `None` is an error.
    pub(crate) none_is_error: bool,
    here: fn() -> &'static str,
    /// `code.function.name`, made when the first span is exported.
    function: OnceLock<&'static str>,
}

/// Flat, and with methods for what few spans have: the compiler evaluates one of these for each function of an annotated crate.
impl Callsite {
    /// A span of kind Internal. `here` is a closure that does nothing: the name of its type is the path of the function it stands in.
    pub const fn new<F: Fn() + Copy + 'static>(
        name: &'static str,
        scope: &'static str,
        version: &'static str,
        file: &'static str,
        line: u32,
        _here: F,
    ) -> Self {
        let here = core::any::type_name::<F>;
        let function = OnceLock::new();
        Self { name, scope, version, file, line, kind: SpanKind::Internal, leaf: false, none_is_error: false, here, function }
    }

    /// The same with this kind.
    #[must_use]
    pub const fn kind(mut self, kind: SpanKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same, never current.
    #[must_use]
    pub const fn leaf(mut self) -> Self {
        self.leaf = true;
        self
    }

    /// The same, with an error where `None` is returned.
    #[must_use]
    pub const fn none_is_error(mut self) -> Self {
        self.none_is_error = true;
        self
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
        let builder = InstrumentationScope::builder(self.scope).with_schema_url(SCHEMA_URL);
        if self.version.is_empty() { builder.build() } else { builder.with_version(self.version).build() }
    }
}
