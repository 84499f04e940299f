//! What comes with `traced`: for a library that only annotates, the OpenTelemetry API, two of its dependencies and the macro, with which it may
//! write whatever an application may; for a program, nothing that changes what its own code means.

use std::process::Command;

#[test]
fn slim_builds_depend_on_the_api_and_the_macro_alone() {
    let names = dependencies("--no-default-features --depth 1");
    assert_eq!(names, ["traced", "futures-core", "opentelemetry", "pin-project-lite", "traced-macros"]);
}

#[test]
fn slim_builds_compile_every_form_of_the_attribute() {
    cargo("check --offline --quiet --package traced-slim");
}

/// `serde_json` makes numbers comparable to its values: the compiler no longer knows the type of `[]` in `assert_eq!(&bytes[..], &[])`.
#[test]
fn default_builds_leave_the_types_of_literals_alone() {
    let names = dependencies("--features tokio");
    assert!(names.contains(&"struson".to_owned()) && !names.contains(&"serde_json".to_owned()), "{names:?}");
}

fn dependencies(arguments: &str) -> Vec<String> {
    let text = cargo(&format!("tree --offline --package traced --edges normal --prefix none --format {{p}} {arguments}"));
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn cargo(arguments: &str) -> String {
    let output = Command::new(env!("CARGO")).args(arguments.split(' ')).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
