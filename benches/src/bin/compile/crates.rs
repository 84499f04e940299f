//! The generated crates: the same functions, sync and async, with and without errors, under the attribute of each variant.

use core::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// How functions are annotated.
pub(crate) struct Variant {
    pub(crate) name: &'static str,
    /// In the table.
    pub(crate) label: &'static str,
    attribute: &'static str,
    dependency: &'static str,
}

/// Plain is the first: the others are compared with it.
pub(crate) const VARIANTS: [Variant; 4] = [
    Variant { name: "plain", label: "plain", attribute: "", dependency: "" },
    Variant {
        name: "traced",
        label: "**`#[traced]`**",
        attribute: "#[traced::traced]",
        dependency: concat!("traced = { path = \"", env!("CARGO_MANIFEST_DIR"), "/../runtime\" }"),
    },
    Variant {
        name: "tracing",
        label: "`#[instrument(skip_all)]`",
        attribute: "#[tracing::instrument(skip_all)]",
        dependency: "tracing = { version = \"0.1\", default-features = false, features = [\"attributes\", \"std\"] }",
    },
    Variant {
        name: "fastrace",
        label: "fastrace `#[trace]`",
        attribute: "#[fastrace::trace]",
        dependency: "fastrace = { version = \"0.7\", features = [\"enable\"] }",
    },
];

/// Functions of a crate.
pub(crate) const FUNCTIONS: usize = 600;
/// Functions called by one other.
const GROUP: usize = 30;

/// The futures whose size is printed.
pub(crate) const FUTURES: [&str; 4] = ["small", "1 KB argument", "1 KB result", "chain of 3"];

/// The lock file of this workspace: the same versions of everything.
const LOCK: &str = include_str!("../../../../Cargo.lock");

const SHARED: &str = "
#[derive(Debug)]
pub struct Error { pub code: u64 }

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { write!(f, \"code {}\", self.code) }
}

impl std::error::Error for Error {}

pub struct Request { pub id: u64, pub body: Vec<u8> }

pub struct Reply { pub sum: usize, pub text: String }

pub async fn tick() { std::future::ready(()).await }

fn check(id: u64) -> Result<u64, Error> { if id == 0 { Err(Error { code: 404 }) } else { Ok(id) } }

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(out) = future.as_mut().poll(&mut cx) { return out; }
    }
}
";

/// The name of a variant's package.
pub(crate) fn package(variant: &Variant) -> String {
    format!("compile-{}", variant.name)
}

/// Writes all variants as one workspace.
pub(crate) fn generate(to: &Path) -> io::Result<()> {
    let members: Vec<String> = VARIANTS.iter().map(|variant| format!("\"{}\"", variant.name)).collect();
    fs::write(to.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", ")))?;
    fs::write(to.join("Cargo.lock"), LOCK)?;
    for variant in &VARIANTS {
        let folder = to.join(variant.name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("Cargo.toml"), manifest(variant))?;
        fs::write(folder.join("src/lib.rs"), library(variant))?;
        fs::write(folder.join("src/main.rs"), futures(variant))?;
    }
    Ok(())
}

fn manifest(variant: &Variant) -> String {
    let (package, dependency) = (package(variant), variant.dependency);
    format!("[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n")
}

fn library(variant: &Variant) -> String {
    let mut text = SHARED.to_owned();
    let mut calls = String::new();
    for index in 0..FUNCTIONS {
        let (function, call) = function(index);
        let _ = writeln!(text, "\n{}\n{function}", variant.attribute);
        if index % GROUP == 0 {
            let _ = write!(calls, "}}\n\npub fn drive_{index}(request: &Request) {{\n");
        }
        let _ = writeln!(calls, "    let _ = std::hint::black_box({call});");
    }
    text + calls.trim_start_matches('}') + "}\n"
}

/// A function and a call of it. Seven shapes take turns.
fn function(index: usize) -> (String, String) {
    let name = format!("function_{index}");
    match index % 7 {
        0 => (
            format!("pub fn {name}(id: u64, text: &str) -> usize {{\n    let sum = id as usize + {index};\n    text.len() * sum\n}}"),
            format!("{name}(request.id, \"text\")"),
        ),
        1 => (
            format!(
                "pub fn {name}(request: &Request) -> Result<String, Error> {{\n    let id = check(request.id)?;\n    \
                 Ok(format!(\"{index} {{id}}\"))\n}}"
            ),
            format!("{name}(request)"),
        ),
        2 => (
            format!(
                "pub async fn {name}(id: u64, text: String) -> usize {{\n    tick().await;\n    text.len() + id as usize + {index}\n}}"
            ),
            format!("block_on({name}(request.id, String::new()))"),
        ),
        3 => (
            format!(
                "pub async fn {name}(request: &Request) -> Result<u64, Error> {{\n    tick().await;\n    \
                 let id = check(request.id + {index})?;\n    tick().await;\n    Ok(id)\n}}"
            ),
            format!("block_on({name}(request))"),
        ),
        4 => (
            format!(
                "pub fn {name}(values: &mut Vec<u8>, last: Option<u8>) {{\n    values.extend(last);\n    values.truncate({index});\n}}"
            ),
            format!("{name}(&mut request.body.clone(), None)"),
        ),
        5 => (
            format!(
                "pub fn {name}(request: &Request) -> Reply {{\n    let sum = request.id as usize + {index};\n    \
                 Reply {{ sum, text: String::new() }}\n}}"
            ),
            format!("{name}(request)"),
        ),
        _ => (
            format!(
                "pub async fn {name}<T: std::fmt::Display>(id: T, (a, b): (u8, u8)) -> Result<String, Error> {{\n    \
                 tick().await;\n    check(u64::from(a))?;\n    Ok(format!(\"{index} {{id}} {{b}}\"))\n}}"
            ),
            format!("block_on({name}(request.id, (1, 2)))"),
        ),
    }
}

fn futures(variant: &Variant) -> String {
    let (attribute, library) = (variant.attribute, package(variant).replace('-', "_"));
    format!(
        "use {library}::tick;

{attribute}
async fn small(n: u64) -> u64 {{ tick().await; n }}

{attribute}
async fn argument(bytes: [u8; 1024]) -> u8 {{ tick().await; bytes[3] }}

{attribute}
async fn result() -> [u8; 1024] {{ let bytes = [1; 1024]; tick().await; bytes }}

{attribute}
async fn chain(bytes: [u8; 1024]) -> u8 {{ middle(bytes).await }}

{attribute}
async fn middle(bytes: [u8; 1024]) -> u8 {{ argument(bytes).await }}

fn main() {{
    let chain = size_of_val(&chain([0; 1024]));
    println!(\"{{}} {{}} {{}} {{chain}}\", size_of_val(&small(1)), size_of_val(&argument([0; 1024])), size_of_val(&result()));
}}
"
    )
}
