// The expansion of
//
// #[traced]
// fn load(id: u64) -> impl Future<Output = Result<Order, Error>> {
//     query(id)
// }

fn load(id: u64) -> impl Future<Output = Result<Order, Error>> {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "load",
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
            .mode(::traced::__private::Mode::Future)
            .enter()
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out = ::traced::__private::call(move || -> _ { query(id) });
    return ::traced::__private::wrap_future(
        __traced_span,
        __traced_out,
        |__traced_span, __traced_out| {
            return {
                use ::traced::__private::outcome::traits::*;
                (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
                    .kind()
                    .finish(__traced_span, __traced_out)
            };
        },
    );
}
