// The expansion of
//
// #[traced(consumer(message, link), scope = "orders", leaf)]
// async fn handle(message: &Message) {
//     store(message).await;
// }

async fn handle(message: &Message) {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
                "handle",
                "orders",
                "1.2.3",
                ::core::file!(),
                0u32,
                || {},
            )
            .kind(::traced::__private::SpanKind::Consumer)
            .leaf();
        ::traced::__private::Start::new(&__TRACED_CALLSITE)
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
