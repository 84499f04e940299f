//! Whole programs: how tracing starts, where the spans arrive, how it stops. Each test runs `probe` in a process of its own.

#![allow(missing_docs)]

mod edges;
mod exits;
#[cfg(unix)]
mod forks;
mod lifecycle;
mod otlp;
mod quickstart;
mod refusals;
mod slim;

use std::collections::HashMap;
use std::process::{Command, Output};

/// Runs `probe` with these arguments and, of all `OTEL_*` variables, only these.
fn probe(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_probe"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("OTEL_")) {
        command.env_remove(name);
    }
    let environment: HashMap<_, _> = environment.iter().copied().collect();
    command.args(arguments).envs(environment).env("RUST_BACKTRACE", "0").output().expect("the probe runs")
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
