//! Runs every case through the compiler, and looks for cases without their other half.

use std::path::{Path, PathBuf};

#[test]
fn refusals_read_as_the_files_show() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*/*.rs");
}

#[test]
fn what_may_be_written_compiles() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
}

#[test]
fn every_case_has_both_files() {
    let files = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fail"));
    let lonely: Vec<_> = files.iter().filter(|file| !other_half(file).is_some_and(|half| half.exists())).collect();
    assert!(lonely.is_empty(), "without their `.rs` or `.stderr`: {lonely:?}");
}

fn other_half(file: &Path) -> Option<PathBuf> {
    match file.extension()?.to_str()? {
        "rs" => Some(file.with_extension("stderr")),
        "stderr" => Some(file.with_extension("rs")),
        _ => None,
    }
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).expect("a directory of cases").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
