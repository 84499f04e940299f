// The expansion of
//
// #[traced]
// fn longer_than(length: usize) -> impl Fn(&str) -> bool {
//     move |text| text.len() > length
// }

fn longer_than(length: usize) -> impl Fn(&str) -> bool {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "longer_than",
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
    move |text| text.len() > length
}
