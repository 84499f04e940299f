// The expansion of
//
// #[traced]
// fn ship(order: Order) {
//     dispatch(order);
// }

fn ship(order: Order) {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "ship",
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
        ::traced::__private::enter(&__TRACED_CALLSITE)
    };
    dispatch(order);
}
