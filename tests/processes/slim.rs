//! A library that only annotates pulls in the OpenTelemetry API, one of its dependencies and the macro, and nothing else.

use std::process::Command;

#[test]
fn slim_builds_depend_on_the_api_and_the_macro_alone() {
    let arguments = "tree --offline --package traced --no-default-features --edges normal --depth 1 --prefix none --format {p}";
    let output = Command::new(env!("CARGO")).args(arguments.split(' ')).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    let names: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(names, ["traced", "opentelemetry", "pin-project-lite", "traced-macros"]);
}
