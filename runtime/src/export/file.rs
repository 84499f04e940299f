//! In: finished spans. Out: one OTLP JSON object a line, appended to a file (specification: protocol/file-exporter). Refuses a path that
//! cannot be opened for appending.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

use super::{Opener, json};
use crate::error::InitError;

pub(crate) fn opener(path: PathBuf) -> Opener {
    let destination = format!("{} (OTLP JSON lines)", path.display());
    Opener::new(destination, move || {
        let file = open(&path).map_err(|error| {
            let allowed = format!("{error}; write the path of a file that this process may create or append to");
            InitError::setting("Exporter::file", path.display(), allowed)
        })?;
        Ok(Box::new(JsonLines { file, resource: Resource::builder_empty().build() }))
    })
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).open(path)
}

#[derive(Debug)]
struct JsonLines {
    file: File,
    resource: Resource,
}

impl JsonLines {
    /// One `write` for a line, so that processes that append to the same file do not mix theirs.
    fn write(&self, batch: Vec<SpanData>) -> io::Result<()> {
        let mut line = json::request(&self.resource, batch)?;
        line.push(b'\n');
        (&self.file).write_all(&line)
    }
}

impl SpanExporter for JsonLines {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.write(batch).map_err(|error| OTelSdkError::InternalFailure(error.to_string()))
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.resource = resource.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::span;

    #[test]
    fn each_batch_is_a_line_of_otlp_json() {
        let path = std::env::temp_dir().join(format!("traced-{}.jsonl", std::process::id()));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut sink = (opener(path.clone()).open)().unwrap();
        sink.set_resource(&Resource::builder_empty().with_service_name("shop").build());
        for id in [1, 2] {
            runtime.block_on(sink.export(vec![span(id, 0, "checkout", (0, 1))])).unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(path).unwrap();
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        let resource = &lines[0]["resourceSpans"][0];
        assert_eq!(resource["resource"]["attributes"][0]["value"]["stringValue"], "shop");
        let span = &resource["scopeSpans"][0]["spans"][0];
        assert_eq!(span["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!((&span["name"], &span["startTimeUnixNano"]), (&"checkout".into(), &"1700000000000000000".into()));
    }

    #[test]
    fn a_path_that_cannot_be_opened_is_refused() {
        let refused = (opener(PathBuf::from("/nowhere/spans.jsonl")).open)().unwrap_err().to_string();
        assert!(refused.starts_with("Exporter::file is `/nowhere/spans.jsonl`; No such file"), "{refused}");
    }
}
