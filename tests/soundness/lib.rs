//! The tests of `engine::raw`, compiled without the rest: Miri cannot run the clock of the whole. `just miri` and `just tsan`.

#[cfg(test)]
#[allow(dead_code)] // what only the engine calls
#[path = "../../runtime/src/engine/raw.rs"]
mod raw;
