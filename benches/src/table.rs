//! A Markdown table: a column of labels, then numbers.

use core::fmt::{self, Write as _};

/// Rows of text under a heading.
#[derive(Debug)]
pub struct Table {
    columns: usize,
    text: String,
}

impl Table {
    /// The heading; the first column is for the rows' labels.
    pub fn new<'a>(heading: impl IntoIterator<Item = &'a str>) -> Self {
        let heading: Vec<&str> = heading.into_iter().collect();
        let rule = "--:|".repeat(heading.len());
        Self { columns: heading.len(), text: format!("| | {} |\n|---|{rule}\n", heading.join(" | ")) }
    }

    /// One row; what is missing stays empty.
    pub fn row(&mut self, label: &str, cells: impl IntoIterator<Item = String>) {
        let mut cells: Vec<String> = cells.into_iter().collect();
        cells.resize(self.columns, String::new());
        let _ = writeln!(self.text, "| {label} | {} |", cells.join(" | "));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Three significant digits are all that a measurement has.
pub fn number(value: f64) -> String {
    if value.abs() < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// How many times as much as the other; empty if one of them is missing.
pub fn times(value: Option<f64>, other: Option<f64>) -> String {
    match (value, other) {
        (Some(value), Some(other)) if other.abs() > f64::EPSILON => format!("{:.2}", value / other),
        _ => String::new(),
    }
}
