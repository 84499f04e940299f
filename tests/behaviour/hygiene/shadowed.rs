//! Every name an expansion could be tempted to use is something else here: types, constants, functions, modules and macros.

#![allow(dead_code, non_snake_case, non_upper_case_globals, unused_macros)]

use ::futures_util::Stream;
use ::std::collections::HashMap;
use ::std::future::Future;
use ::traced::traced;

type Headers = HashMap<::std::string::String, ::std::string::String>;

pub(super) struct Result;
pub(super) struct Option;
pub(super) struct Box;
pub(super) struct String;
pub(super) struct Vec;
pub(super) struct Pin;
pub(super) struct Send;
pub(super) struct Some;
fn Ok() {}
fn Err() {}
const None: () = ();
fn drop() {}
mod std {}
mod core {}
mod alloc {}
mod traced {}
mod opentelemetry {}
fn span() {}
fn ret() {}
fn err() {}
trait Fn {}
trait FnOnce {}
trait Drop {}
macro_rules! pin {
    () => {};
}
macro_rules! file {
    () => {
        compile_error!("the user's `file!`")
    };
}
macro_rules! line {
    () => {
        compile_error!("the user's `line!`")
    };
}

#[traced]
pub(super) fn plain() {}

#[traced(args, ret)]
pub(super) fn sum(a: u32, b: u32) -> u32 {
    let span = a;
    let __traced_span = b;
    span + __traced_span
}

#[traced]
pub(super) fn fails(span: bool) -> ::std::result::Result<u32, &'static str> {
    if span {
        return ::std::result::Result::Err("nothing");
    }
    ::std::result::Result::Ok(1)
}

#[traced(none = error)]
pub(super) fn option() -> ::std::option::Option<u32> {
    ::std::option::Option::None
}

#[traced(args, ret)]
pub(super) async fn waits(value: u32) -> u32 {
    let span = value;
    ::std::future::ready(span).await
}

#[traced]
pub(super) async fn waits_and_fails() -> ::std::result::Result<u32, &'static str> {
    ::std::future::ready(::std::result::Result::Err("nothing")).await
}

#[traced]
pub(super) fn future(value: u32) -> impl Future<Output = u32> {
    ::std::future::ready(value)
}

#[traced(err(ignore))]
pub(super) fn boxed(value: u32) -> ::std::pin::Pin<::std::boxed::Box<dyn Future<Output = u32> + ::std::marker::Send>> {
    ::std::boxed::Box::pin(::std::future::ready(value))
}

#[traced]
pub(super) fn stream() -> impl Stream<Item = u32> {
    ::futures_util::stream::iter([1, 2])
}

pub(super) struct Cart {
    pub(super) items: u32,
}

#[traced(attributes(items = self.items))]
impl Cart {
    #[traced(args)]
    pub(super) fn check(&self, key: u32) {
        let _ = key;
    }
}

#[traced(kind = consumer, from = headers, link = headers)]
pub(super) fn handler(headers: &Headers) {
    let _ = headers;
}

#[traced(into = headers)]
pub(super) fn publishes(headers: &mut Headers) {
    assert!(headers.contains_key("traceparent"));
}

#[traced(name = topic, kind = client, attributes(topic = %topic), err(if = |_| false, why = err), ret(ok = true), when = count.is_some())]
pub(super) async fn everything(topic: &str, #[attr] count: ::std::option::Option<u32>) -> ::std::result::Result<u32, &'static str> {
    ::std::future::ready(()).await;
    ::std::result::Result::Err("nothing")
}
