//! What the attribute refuses, and in which words: `fail/<topic>/<mistake>.rs` beside its `.stderr`; and in `pass/` what needs a crate
//! root of its own to compile. The tests are in `ui.rs`; bless with `TRYBUILD=overwrite`, and read what was blessed.
