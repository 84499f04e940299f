//! In: finished spans. Out: a tree on stderr for each local root that ends. Refuses nothing: what cannot be placed is drawn as an orphan,
//! and a closed stderr is ignored.
//!
//! `buffer` waits for whole local trees, `tree` orders them, `facts` picks what is worth showing, `layout` makes lines, `paint` text.

pub(crate) mod buffer;
pub(crate) mod facts;
pub(crate) mod layout;
pub(crate) mod paint;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod tree;

use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use self::buffer::{Buffer, Ready};
use self::layout::Page;
use self::tree::Tree;
use super::Opener;

/// What the environment says about how to draw.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    pub(crate) ascii: bool,
    /// Never colours, even on a terminal.
    pub(crate) plain: bool,
    /// Used where stderr is no terminal.
    pub(crate) columns: Option<usize>,
}

const DEFAULT_COLUMNS: usize = 100;

pub(crate) fn opener(look: Look) -> Opener {
    Opener::new("stderr (tree)", move || Ok(Box::new(Console::new(&look)))).watched()
}

#[derive(Debug)]
struct Console {
    page: Page,
    colours: bool,
    buffer: Mutex<Buffer>,
}

impl Console {
    fn new(look: &Look) -> Self {
        let stderr = std::io::stderr();
        let terminal = terminal_size::terminal_size_of(&stderr).map(|(width, _)| usize::from(width.0));
        let page = Page {
            signs: if look.ascii { text::ASCII } else { text::UNICODE },
            columns: terminal.or(look.columns).unwrap_or(DEFAULT_COLUMNS),
            service: String::new(),
        };
        Self { page, colours: stderr.is_terminal() && !look.plain, buffer: Mutex::default() }
    }

    fn draw(&self, groups: Vec<(Ready, Vec<SpanData>)>) -> String {
        let draw = |(ready, spans)| paint::paint(&self.page.lines(&Tree::build(spans), ready), self.colours);
        groups.into_iter().map(draw).collect()
    }

    fn buffer<R>(&self, f: impl FnOnce(&mut Buffer) -> R) -> R {
        f(&mut self.buffer.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One write for each batch, so that other lines on stderr stay outside the trees.
fn write(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

impl SpanExporter for Console {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let ready = self.buffer(|buffer| buffer.add(batch, Instant::now()));
        write(&self.draw(ready));
        Ok(())
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.page.service = resource.get(&"service.name".into()).map(|name| name.to_string()).unwrap_or_default();
    }

    fn shutdown_with_timeout(&self, _timeout: Duration) -> OTelSdkResult {
        let waiting = self.buffer(Buffer::drain);
        write(&self.draw(waiting));
        Ok(())
    }
}
