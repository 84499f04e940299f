// The expansion of
//
// #[traced]
// async fn tick() {
//     sleep(SECOND).await;
// }

async fn tick() {
    let __traced_span = ::traced::__private::start(
        &::traced::__private::Site {
            name: "tick",
            scope: "package",
            version: "1.2.3",
            file: ::core::file!(),
            line: 0u32,
            kind: ::traced::__private::SpanKind::Internal,
            leaf: false,
            none_is_error: false,
        },
        || {},
    );
    let (__traced_span, ()) = ::traced::__private::run(
            __traced_span,
            async move {
                sleep(SECOND).await;
            },
        )
        .await;
    __traced_span.end();
}
