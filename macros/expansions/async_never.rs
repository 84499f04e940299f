// The expansion of
//
// #[traced]
// async fn serve(listener: Listener) -> ! {
//     loop {
//         accept(&listener).await;
//     }
// }

async fn serve(listener: Listener) -> ! {
    let __traced_span = ::traced::__private::start(
        &::traced::__private::Site {
            name: "serve",
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
    ::traced::__private::run(
            __traced_span,
            async move {
                let _ = &listener;
                loop {
                    accept(&listener).await;
                }
            },
        )
        .await
        .1
}
