// The expansion of
//
// #[traced]
// fn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> usize {
//     d = d.trim();
//     a.len() + d.len()
// }

fn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> usize {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "work",
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
    d = d.trim();
    a.len() + d.len()
}
