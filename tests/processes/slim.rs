//! What comes with `traced`: for a library that only annotates, the OpenTelemetry API, one of its dependencies and the macro; for a
//! program, nothing that changes what its own code means.

use std::process::Command;

#[test]
fn slim_builds_depend_on_the_api_and_the_macro_alone() {
    let names = dependencies("--no-default-features --depth 1");
    assert_eq!(names, ["traced", "opentelemetry", "pin-project-lite", "traced-macros"]);
}

/// `serde_json` makes numbers comparable to its values: the compiler no longer knows the type of `[]` in `assert_eq!(&bytes[..], &[])`.
#[test]
fn default_builds_leave_the_types_of_literals_alone() {
    let names = dependencies("--features tokio");
    assert!(names.contains(&"struson".to_owned()) && !names.contains(&"serde_json".to_owned()), "{names:?}");
}

fn dependencies(arguments: &str) -> Vec<String> {
    let arguments = format!("tree --offline --package traced --edges normal --prefix none --format {{p}} {arguments}");
    let output = Command::new(env!("CARGO")).args(arguments.split(' ')).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}
