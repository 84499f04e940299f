//! Nothing is in scope but what is written here.

#![no_implicit_prelude]

use ::std::collections::HashMap;
use ::std::future::Future;
use ::std::primitive::{bool, str, u32};
use ::traced::traced;

type Headers = HashMap<::std::string::String, ::std::string::String>;

#[traced]
pub(super) fn plain() {}

#[traced(args, ret)]
pub(super) fn sum(a: u32, b: u32) -> u32 {
    a + b
}

#[traced]
pub(super) fn fails(fail: bool) -> ::std::result::Result<u32, &'static str> {
    if fail {
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
    ::std::future::ready(value).await
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
pub(super) fn stream() -> impl ::futures_util::Stream<Item = u32> {
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
    ::std::assert!(headers.contains_key("traceparent"));
}

#[traced(name = topic, kind = client, attributes(topic = %topic), err(if = |_| false, why = err), ret(ok = true), when = count.is_some())]
pub(super) async fn everything(topic: &str, #[attr] count: ::std::option::Option<u32>) -> ::std::result::Result<u32, &'static str> {
    ::std::future::ready(()).await;
    ::std::result::Result::Err("nothing")
}
