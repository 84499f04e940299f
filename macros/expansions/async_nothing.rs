// The expansion of
//
// #[traced]
// async fn tick() {
//     sleep(SECOND).await;
// }

async fn tick() {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "tick",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::start(&__TRACED_CALLSITE)
    };
    let (__traced_span, ()) = ::traced::__private::run(
            __traced_span,
            async move {
                sleep(SECOND).await;
            },
        )
        .await;
    __traced_span.end();
}
