// The expansion of
//
// #[traced]
// async fn serve(listener: Listener) -> ! {
//     loop {
//         accept(&listener).await;
//     }
// }

async fn serve(listener: Listener) -> ! {
    let mut __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "serve",
                kind: ::traced::__private::SpanKind::Internal,
                scope: ::traced::__private::Scope {
                    name: "package",
                    version: "1.2.3",
                },
                file: ::core::file!(),
                line: 0u32,
                leaf: false,
                none_is_error: false,
            },
            || {},
        );
        ::traced::__private::start(&__TRACED_CALLSITE)
    };
    let __traced_future = ::core::pin::pin!(
        ::traced::__private::Some(async move { let _ = & listener; loop { accept(&
        listener). await; } })
    );
    ::traced::__private::run(&mut __traced_span, __traced_future).await
}
