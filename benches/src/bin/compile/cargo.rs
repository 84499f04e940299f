//! Cargo on the generated crates, and the processor time that the compiler needs. In: a variant. Out: seconds, without cargo's own.

use crate::Variant;
use crate::crates::package;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};
use traced_benches::clock;

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Action {
    Check,
    Release,
}

impl Action {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Check => "cargo check",
            Self::Release => "cargo build --release",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--lib"],
            Self::Release => &["build", "--release", "--lib"],
        }
    }
}

/// A workspace of generated crates, with a target directory that is kept for the next run.
pub(crate) struct Cargo {
    sources: PathBuf,
}

impl Cargo {
    /// Beside the program itself, which is in a target directory.
    pub(crate) fn new(program: &Path) -> io::Result<Self> {
        let target = program.ancestors().nth(2).ok_or_else(|| io::Error::other("the program is not in a target directory"))?;
        let sources = target.join("compile-benchmark");
        fs::create_dir_all(&sources)?;
        Ok(Self { sources })
    }

    pub(crate) fn sources(&self) -> &Path {
        &self.sources
    }

    fn run(&self, variant: &Variant, arguments: &[&str]) -> io::Result<String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.sources).env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", self.sources.join("target"));
        cargo.args(arguments).args(["--quiet", "--package", &package(variant)]);
        let output = cargo.output()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(io::Error::other(format!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr))))
    }

    /// Builds everything once.
    pub(crate) fn prepare(&self, variant: &Variant) -> io::Result<()> {
        self.run(variant, Action::Check.arguments())?;
        self.run(variant, Action::Release.arguments())?;
        Ok(())
    }

    /// Seconds of processor time for the crate alone.
    pub(crate) fn measure(&self, variant: &Variant, action: Action) -> Result<f64, Box<dyn Error>> {
        self.run(variant, action.arguments())?; // a dependency may have changed since
        let source = self.sources.join(variant.name).join("src/lib.rs");
        fs::File::options().append(true).open(&source)?.set_modified(std::time::SystemTime::now())?;
        let with = self.spent(variant, action)?;
        let without = self.spent(variant, action)?;
        Ok((with - without).max(0.0))
    }

    #[allow(clippy::cast_precision_loss)] // hours of nanoseconds fit
    fn spent(&self, variant: &Variant, action: Action) -> io::Result<f64> {
        let before = clock::children();
        self.run(variant, action.arguments())?;
        Ok((clock::children() - before) as f64 / 1e9)
    }

    /// The compiled library.
    pub(crate) fn library(&self, variant: &Variant) -> PathBuf {
        self.sources.join("target/release").join(format!("lib{}.rlib", package(variant).replace('-', "_")))
    }

    /// What the crate's own program says of its futures.
    pub(crate) fn future_sizes(&self, variant: &Variant) -> io::Result<Vec<String>> {
        let sizes = self.run(variant, &["run", "--release", "--bin", &package(variant)])?;
        Ok(sizes.split_whitespace().map(str::to_owned).collect())
    }
}
