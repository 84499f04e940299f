// The expansion of
//
// #[traced(consumer(message, link), scope = "orders", leaf)]
// async fn handle(message: &Message) {
//     store(message).await;
// }

async fn handle(message: &Message) {
    let mut __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "handle",
                kind: ::traced::__private::SpanKind::Consumer,
                scope: ::traced::__private::Scope {
                    name: "orders",
                    version: "1.2.3",
                },
                file: ::core::file!(),
                line: 0u32,
                leaf: true,
                none_is_error: false,
            },
            || {},
        );
        ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .consumer(&(message), true)
            .start()
    } else {
        ::traced::__private::Span::OFF
    };
    let __traced_future = ::core::pin::pin!(
        ::traced::__private::Some(async move { store(message). await; })
    );
    ::traced::__private::run(&mut __traced_span, __traced_future).await;
    __traced_span.end();
}
