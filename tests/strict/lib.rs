//! User code of many shapes, annotated: it has no finding of its own, so each finding here would be one of the expansion's. The other way
//! round, an `#[expect(..)]` fails where the expansion hides a finding that is the user's. `cargo clippy` is the test; what runs at the end
//! shows that `telemetry`, which is `traced`, is found under that name.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    keyword_idents,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    rust_2024_compatibility,
    unused
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![deny(
    ambiguous_negative_literals,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(
    clippy::absolute_paths,
    clippy::allow_attributes_without_reason,
    clippy::as_conversions,
    clippy::clone_on_ref_ptr,
    clippy::default_numeric_fallback,
    clippy::else_if_without_else,
    clippy::empty_structs_with_brackets,
    clippy::expect_used,
    clippy::if_then_some_else_none,
    clippy::indexing_slicing,
    clippy::let_underscore_must_use,
    clippy::let_underscore_untyped,
    clippy::map_err_ignore,
    clippy::mem_forget,
    clippy::min_ident_chars,
    clippy::multiple_inherent_impl,
    clippy::partial_pub_fields,
    clippy::pattern_type_mismatch,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::redundant_type_annotations,
    clippy::ref_patterns,
    clippy::rest_pat_in_fully_bound_structs,
    clippy::same_name_method,
    clippy::semicolon_inside_block,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::single_char_lifetime_names,
    clippy::std_instead_of_core,
    clippy::str_to_string,
    clippy::undocumented_unsafe_blocks,
    clippy::unnecessary_self_imports,
    clippy::unneeded_field_pattern,
    clippy::unwrap_used,
    clippy::verbose_file_reads,
    clippy::wildcard_enum_match_arm
)]
#![allow(clippy::cargo_common_metadata, clippy::multiple_crate_versions, reason = "of the workspace, not of the code")]
#![allow(clippy::missing_errors_doc, clippy::must_use_candidate, reason = "expected where it matters, in `findings`")]

use core::error::Error;
use core::fmt;
use core::future::ready;
use core::pin::Pin;
use futures_util::{Stream, stream};
use telemetry::traced;

pub mod findings;
pub mod shapes;

/// What goes wrong.
#[derive(Debug, Clone, Copy)]
pub struct Refused {
    /// Why.
    pub code: u16,
}

impl fmt::Display for Refused {
    #[traced(crate = telemetry)]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {}", self.code)
    }
}

impl Error for Refused {}

/// A stream of numbers.
#[traced(crate = telemetry)]
pub fn numbers(count: u32) -> impl Stream<Item = u32> {
    stream::iter(0..count)
}

/// A future that is ready.
#[traced(crate = telemetry, err(if = |refused| refused.code > 400, code = err.code))]
pub fn boxed(code: u16) -> Pin<Box<dyn Future<Output = Result<(), Refused>> + Send>> {
    Box::pin(ready(Err(Refused { code })))
}

#[cfg(test)]
mod tests {
    use super::{boxed, numbers, shapes};
    use futures_util::StreamExt as _;
    use telemetry::testing::capture_async;

    #[tokio::test]
    async fn the_runtime_is_found_under_its_other_name() {
        let (count, trace) = capture_async(async {
            assert!(boxed(404).await.is_err() && boxed(400).await.is_err());
            assert_eq!(shapes::sum(1, 2), 3);
            numbers(2).count().await
        })
        .await;
        assert_eq!(count, 2);
        let message = "refused: 404";
        let kind = "traced_strict::Refused";
        assert_eq!(
            trace.tree(),
            format!(
                "boxed [code=404, error.type={kind}] ERROR: {message}\n  · exception [exception.type={kind}, exception.message={message}]\nfmt\n\
                 boxed [code=400]\nsum [left=1, right=2, return=3]\nnumbers\n"
            )
        );
    }
}
