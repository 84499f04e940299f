// The expansion of
//
// #[traced(consumer(message, link), scope = "orders", leaf)]
// async fn handle(message: &Message) {
//     store(message).await;
// }

async fn handle(message: &Message) {
    let __traced_span = if ::traced::__private::enabled() {
        ::traced::__private::Start::new(
                &::traced::__private::Site {
                    name: "handle",
                    scope: "orders",
                    version: "1.2.3",
                    file: ::core::file!(),
                    line: 0u32,
                    kind: ::traced::__private::SpanKind::Consumer,
                    leaf: true,
                    none_is_error: false,
                },
                || {},
            )
            .consumer(&(message), true)
            .start()
    } else {
        ::traced::__private::Span::OFF
    };
    let (__traced_span, ()) = ::traced::__private::run(
            __traced_span,
            async move {
                store(message).await;
            },
        )
        .await;
    __traced_span.end();
}
