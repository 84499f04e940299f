//! Findings that are the user's own: each is expected, and an expectation that is not met is an error.

#![allow(missing_docs, reason = "what is wrong with each is said above it")]

use core::future::ready;
use telemetry::traced;

#[traced(crate = telemetry)]
#[expect(unused_variables, reason = "`unused` is")]
pub fn parameter(unused: u8) -> u8 {
    1
}

#[traced(crate = telemetry)]
#[expect(unused_variables, reason = "`unused` is, in an async function")]
pub async fn async_parameter(unused: String) -> u8 {
    ready(1).await
}

#[traced(crate = telemetry)]
#[expect(unused_variables, clippy::needless_pass_by_value, reason = "`unused` is, in a function whose value is looked at")]
pub fn looked_at_parameter(unused: String) -> Result<u8, u8> {
    Ok(1)
}

#[traced(crate = telemetry)]
#[expect(unused_mut, reason = "nothing is changed")]
pub fn mutable(mut number: u8) -> Result<u8, u8> {
    Ok(number)
}

#[traced(crate = telemetry)]
#[expect(unused_variables, reason = "a local variable is")]
pub fn local() -> Result<u8, u8> {
    let unused = 1_u8;
    Ok(1)
}

#[traced(crate = telemetry)]
#[expect(dead_code, reason = "nobody calls it")]
fn dead() -> u8 {
    1
}

#[traced(crate = telemetry)]
#[expect(unreachable_code, reason = "behind the return")]
pub fn unreachable(number: u8) -> Result<u8, u8> {
    return Ok(number);
    Err(number)
}

#[traced(crate = telemetry)]
#[expect(clippy::needless_return, reason = "it is")]
pub fn returns(number: u8) -> Result<u8, u8> {
    return Ok(number);
}

#[traced(crate = telemetry)]
#[expect(clippy::needless_return, reason = "it is")]
pub async fn async_returns(number: u8) -> Result<u8, u8> {
    return ready(Ok(number)).await;
}

#[traced(crate = telemetry)]
#[expect(clippy::unused_async, reason = "it waits for nothing")]
pub async fn needlessly_async() -> u8 {
    1
}

#[traced(crate = telemetry)]
#[expect(clippy::must_use_candidate, reason = "it is")]
pub fn candidate(number: u8) -> u8 {
    number
}

#[traced(crate = telemetry)]
#[expect(clippy::missing_errors_doc, reason = "they are")]
pub fn errors(number: u8) -> Result<u8, u8> {
    Ok(number)
}

#[traced(crate = telemetry)]
#[expect(clippy::too_many_arguments, reason = "they are")]
pub fn many(one: u8, two: u8, three: u8, four: u8, five: u8, six: u8, seven: u8, eight: u8) -> u8 {
    one + two + three + four + five + six + seven + eight
}

#[traced(crate = telemetry)]
#[expect(clippy::needless_lifetimes, reason = "they are")]
pub fn lifetimes<'text>(text: &'text str) -> Result<&'text str, u8> {
    Ok(text)
}

#[traced(crate = telemetry)]
#[expect(clippy::items_after_statements, reason = "they are")]
pub fn items() -> Result<u8, u8> {
    let one = ONE;
    const ONE: u8 = 1;
    Ok(one)
}

#[traced(crate = telemetry)]
#[expect(clippy::inline_always, reason = "it is")]
#[inline(always)]
pub fn inlined(number: u8) -> u8 {
    number
}

#[traced(crate = telemetry)]
#[expect(unused_must_use, reason = "a result is dropped")]
pub fn drops() {
    mutable(1);
}

#[traced(crate = telemetry, attributes(http.status_code = 200_u16))]
#[expect(deprecated, reason = "OpenTelemetry has renamed the key")]
pub fn renamed_key() {}

macro_rules! either {
    ({$($first:tt)*} else {$($second:tt)*}) => {
        $($first)*
    };
}

#[traced(crate = telemetry)]
#[expect(clippy::missing_errors_doc, reason = "they are, behind items that a macro writes")]
pub fn errors_behind_items(number: u8) -> Result<u8, u8> {
    either! {{
        const LIMIT: u8 = 3;
    } else {
        const LIMIT: u8 = 4;
    }}
    if number > LIMIT {
        return Err(number);
    }
    Ok(number)
}
