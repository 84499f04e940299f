// The expansion of
//
// #[traced]
// fn rows(&self) -> impl Stream<Item = Row> + '_ {
//     self.query()
// }

fn rows(&self) -> impl Stream<Item = Row> + '_ {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "rows",
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
    let __traced_out = ::traced::__private::call(move || -> _ { self.query() });
    ::traced::__private::wrap_stream(__traced_span, __traced_out)
}
