//! The benchmark of `traced`: the same small traces through `traced` and through its peers, in one run, nothing lost.
//! `candidates` has the same functions written once for each library; `child` measures one of them in a process of its own, because
//! providers, subscribers and reporters are global; the binaries run those processes in turns and print Markdown.

pub mod candidates;
pub mod child;
pub mod clock;
pub mod collector;
pub mod exporter;
pub mod machine;
pub mod pair;
pub mod row;
pub mod summary;
pub mod table;
