// The expansion of
//
// #[traced]
// fn rows(&self) -> impl Stream<Item = Row> + '_ {
//     self.query()
// }

fn rows(&self) -> impl Stream<Item = Row> + '_ {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "rows",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
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
