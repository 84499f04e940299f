//! In: a [`Tree`]. Out: [`Line`]s of styled pieces, the durations aligned. Refuses nothing; depth is drawn up to a bound.

use opentelemetry_sdk::trace::SpanData;
use unicode_width::UnicodeWidthStr;

use super::buffer::Ready;
use super::facts;
use super::text::Signs;
use super::tree::{Row, Tree};

/// How a piece of a line looks where colours are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Faint,
    Strong,
    Kind,
    Error,
}

#[derive(Debug, Default)]
pub(crate) struct Line(pub(crate) Vec<(Style, String)>);

impl Line {
    fn push(&mut self, style: Style, text: impl Into<String>) {
        self.0.push((style, text.into()));
    }

    fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| text.width()).sum()
    }
}

/// What all lines of one exporter share.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) signs: Signs,
    /// Width of the terminal in columns.
    pub(crate) columns: usize,
    pub(crate) service: String,
}

/// Levels drawn with guides; deeper ones say their depth instead.
const MAX_DEPTH: usize = 24;

impl Page {
    pub(crate) fn lines(&self, tree: &Tree, ready: Ready) -> Vec<Line> {
        let mut lines = Vec::new();
        tree.visit(|row| {
            lines.push(self.span(&row, ready));
            self.beneath(&row, &mut lines);
        });
        lines
    }

    /// The column in which durations end: 61 of 100.
    fn edge(&self) -> usize {
        (self.columns * 61 / 100).clamp(40, 80)
    }

    fn span(&self, row: &Row<'_>, ready: Ready) -> Line {
        let failure = facts::failure(row.span, &self.signs);
        let mut line = Line::default();
        line.push(Style::Faint, self.guides(row.last, true));
        let is_root = row.last.is_empty();
        if is_root && ready != Ready::Root {
            let what = if ready == Ready::Late { "late" } else { "orphan" };
            line.push(Style::Faint, format!("{} {what}  ", self.signs.more));
        }
        let style = match (&failure, is_root) {
            (Some(_), _) => Style::Error,
            (None, true) => Style::Strong,
            (None, false) => Style::Plain,
        };
        line.push(style, facts::name(row.span, &self.signs));
        self.duration(row.span, &mut line);
        let error = failure.map(|failure| format!("{} {}", self.signs.error, failure.line));
        self.tail(row.span, is_root, error, &mut line);
        line
    }

    fn duration(&self, span: &SpanData, line: &mut Line) {
        let duration = span.end_time.duration_since(span.start_time).unwrap_or_default();
        let text = self.signs.duration(duration);
        let gap = self.edge().saturating_sub(line.width() + text.width()).max(2);
        line.push(Style::Plain, format!("{:gap$}{text}", ""));
    }

    /// Kind, service and trace id of a root, details, error.
    fn tail(&self, span: &SpanData, is_root: bool, error: Option<String>, line: &mut Line) {
        let origin = is_root.then(|| format!("{}   trace {}", self.signs.clean(&self.service), span.span_context.trace_id()));
        let details = Some(facts::details(span, &self.signs).join(" ")).filter(|details| !details.is_empty());
        let kind = facts::kind(span).map(|kind| format!("{kind:8}"));
        let parts = [(Style::Kind, kind), (Style::Faint, origin), (Style::Plain, details), (Style::Error, error)];
        for (style, text) in parts {
            if let Some(text) = text {
                line.push(Style::Plain, "  ");
                line.push(style, text);
            }
        }
    }

    /// Causes of the error, events and links.
    fn beneath(&self, row: &Row<'_>, lines: &mut Vec<Line>) {
        let guides = format!("{}{}", self.guides(row.last, false), self.signs.branch[if row.has_children { 2 } else { 3 }]);
        let mut push = |style, text: String| lines.push(Line(vec![(Style::Faint, guides.clone()), (style, text)]));
        for cause in facts::failure(row.span, &self.signs).into_iter().flat_map(|failure| failure.chain) {
            push(Style::Error, format!("  {cause}"));
        }
        for event in facts::events(row.span) {
            push(Style::Faint, format!("{} {}", self.signs.event, facts::event(event, &self.signs)));
        }
        for link in row.span.links.iter() {
            let (trace, span) = (link.span_context.trace_id(), link.span_context.span_id());
            push(Style::Faint, format!("{} link {trace}/{span}", self.signs.link));
        }
    }

    /// What stands before a span's name, or before the lines beneath it.
    fn guides(&self, last: &[bool], of_name: bool) -> String {
        let hidden = last.len().saturating_sub(MAX_DEPTH);
        let depth = if hidden > 0 { format!("[+{hidden}] ") } else { String::new() };
        let shown = &last[hidden..];
        let signs = shown.iter().enumerate().map(|(level, last)| {
            let is_own = of_name && level + 1 == shown.len();
            self.signs.branch[usize::from(*last) + if is_own { 0 } else { 2 }]
        });
        depth.chars().map(|c| if of_name { c } else { ' ' }).chain(signs.flat_map(str::chars)).collect()
    }
}
