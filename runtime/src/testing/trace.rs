//! A captured trace: as indented text for a comparison of the whole, and span by span.

use core::fmt::{self, Write as _};
use core::time::Duration;
use opentelemetry::trace::{Event, Link, SpanContext, SpanId, SpanKind, Status};
use opentelemetry::{KeyValue, Value};
use opentelemetry_sdk::trace::SpanData;

/// The spans that ended during a capture.
#[derive(Debug, Clone)]
pub struct Trace {
    /// In order of their start.
    spans: Vec<SpanData>,
}

/// One span of a [`Trace`].
#[derive(Clone, Copy)]
pub struct Span<'a> {
    trace: &'a Trace,
    data: &'a SpanData,
}

impl Trace {
    pub(crate) fn new(mut spans: Vec<SpanData>) -> Self {
        // Ids are counted in a capture, so that they order spans that start in the same nanosecond.
        spans.sort_by_key(|span| span.span_context.span_id().to_bytes());
        Self { spans }
    }

    /// The whole trace as text: a line for each span, indented beneath its parent, with kind (unless internal), attributes, status,
    /// events and links; no ids, no times, nothing of `code.*` and `thread.*`, no stack traces.
    pub fn tree(&self) -> String {
        let mut text = String::new();
        for root in self.roots() {
            root.write(&mut text, 0);
        }
        text
    }

    /// The one span of this name.
    ///
    /// # Panics
    ///
    /// If there is no such span or more than one; the message shows the tree.
    #[track_caller]
    pub fn span(&self, name: &str) -> Span<'_> {
        match self.spans(name)[..] {
            [span] => span,
            ref spans => panic!("expected one span named {name:?}, found {} in\n{}", spans.len(), self.tree()),
        }
    }

    /// All spans of this name, in order of their start.
    pub fn spans(&self, name: &str) -> Vec<Span<'_>> {
        self.all().filter(|span| span.name() == name).collect()
    }

    /// The spans whose parent is not in this trace.
    pub fn roots(&self) -> Vec<Span<'_>> {
        self.all().filter(|span| span.parent().is_none()).collect()
    }

    fn all(&self) -> impl Iterator<Item = Span<'_>> {
        self.spans.iter().map(|data| Span { trace: self, data })
    }

    fn by_id(&self, id: SpanId) -> Option<Span<'_>> {
        self.all().find(|span| span.data.span_context.span_id() == id)
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tree())
    }
}

impl<'a> Span<'a> {
    /// The span's name.
    pub fn name(&self) -> &'a str {
        &self.data.name
    }

    /// The span's kind.
    pub fn kind(&self) -> SpanKind {
        self.data.span_kind.clone()
    }

    /// The span's status.
    pub fn status(&self) -> Status {
        self.data.status.clone()
    }

    /// The value of an attribute.
    pub fn attribute(&self, key: &str) -> Option<&'a Value> {
        self.data.attributes.iter().find(|attribute| attribute.key.as_str() == key).map(|attribute| &attribute.value)
    }

    /// The span's events, in order.
    pub fn events(&self) -> &'a [Event] {
        &self.data.events
    }

    /// The span's links.
    pub fn links(&self) -> &'a [Link] {
        &self.data.links
    }

    /// The span it is in, if that is part of the trace.
    pub fn parent(&self) -> Option<Span<'a>> {
        self.trace.by_id(self.data.parent_span_id)
    }

    /// The spans in it, in order of their start.
    pub fn children(&self) -> Vec<Span<'a>> {
        let id = self.data.span_context.span_id();
        self.trace.all().filter(|span| span.data.parent_span_id == id).collect()
    }

    /// From its start to its end.
    pub fn duration(&self) -> Duration {
        self.data.end_time.duration_since(self.data.start_time).unwrap_or_default()
    }

    /// The span's ids, flags and trace state.
    pub fn context(&self) -> &'a SpanContext {
        &self.data.span_context
    }

    fn write(self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        let _ = write!(text, "{indent}{}", self.name());
        if self.data.span_kind != SpanKind::Internal {
            let _ = write!(text, " {}", format!("{:?}", self.data.span_kind).to_uppercase());
        }
        write_attributes(text, &self.data.attributes);
        match &self.data.status {
            Status::Unset => {}
            Status::Ok => text.push_str(" OK"),
            Status::Error { description } => {
                let _ = write!(text, " ERROR: {description}");
            }
        }
        text.push('\n');
        for event in self.events() {
            let _ = write!(text, "{indent}  · {}", event.name);
            write_attributes(text, &event.attributes);
            text.push('\n');
        }
        for link in self.links() {
            let _ = write!(text, "{indent}  → {}", self.target(&link.span_context));
            write_attributes(text, &link.attributes);
            text.push('\n');
        }
        for child in self.children() {
            child.write(text, depth + 1);
        }
    }

    /// A linked span by its name, if it is part of the trace.
    fn target(&self, to: &SpanContext) -> &'a str {
        self.trace.by_id(to.span_id()).map_or("elsewhere", |span| span.name())
    }
}

impl fmt::Debug for Span<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.data, f)
    }
}

fn write_attributes(text: &mut String, attributes: &[KeyValue]) {
    let shown = |attribute: &&KeyValue| {
        let key = attribute.key.as_str();
        !key.starts_with("code.") && !key.starts_with("thread.") && key != "exception.stacktrace"
    };
    let list: Vec<String> = attributes.iter().filter(shown).map(|attribute| format!("{}={}", attribute.key, attribute.value)).collect();
    if !list.is_empty() {
        let _ = write!(text, " [{}]", list.join(", "));
    }
}
