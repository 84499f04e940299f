// The expansion of
//
// #[traced]
// async fn serve(listener: Listener) -> ! {
//     loop {
//         accept(&listener).await;
//     }
// }

async fn serve(listener: Listener) -> ! {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "serve",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::start(&__TRACED_CALLSITE)
    };
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
