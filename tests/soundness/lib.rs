//! `raw` without the rest of the runtime, for the tools that watch memory: its own tests (`just miri`, `just tsan`), which cannot run
//! with the clock of the whole, and models of it (`just loom`).

#[cfg(all(test, not(loom)))]
#[allow(dead_code, unused_imports)] // what only the runtime uses
#[path = "../../runtime/src/raw/mod.rs"]
mod raw;

#[cfg(all(test, loom))]
#[allow(dead_code)] // what only the engine uses
mod model;

#[cfg(all(test, loom))]
use model::config;
