// The expansion of
//
// #[traced]
// fn call(request: Request) -> Reply {
//     handle(request)
// }

fn call(request: Request) -> Reply {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "call",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .mode(::traced::__private::outcome::Returning::<Reply>::new().traced_mode())
            .enter()
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out = ::traced::__private::call(move || -> Reply {
        let _ = &request;
        handle(request)
    });
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_kind(),
        __traced_span,
        __traced_out,
    );
}
