// The expansion of
//
// #[traced]
// fn call(request: Request) -> Reply {
//     handle(request)
// }

fn call(request: Request) -> Reply {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "call",
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
        ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .mode({
                use ::traced::__private::outcome::traits::*;
                (&&::traced::__private::outcome::Returning::<Reply>::new()).mode()
            })
            .enter()
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out = ::traced::__private::call(move || -> Reply {
        let _ = &request;
        handle(request)
    });
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
