// The expansion of
//
// #[traced]
// fn rows(&self) -> impl Stream<Item = Row> + '_ {
//     self.query()
// }

fn rows(&self) -> impl Stream<Item = Row> + '_ {
    let __traced_span = ::traced::__private::enter_as(
        ::traced::__private::Mode::Future,
        &::traced::__private::Site {
            name: "rows",
            scope: "package",
            version: "1.2.3",
            file: ::core::file!(),
            line: 0u32,
            kind: ::traced::__private::SpanKind::Internal,
            leaf: false,
            none_is_error: false,
        },
        || {},
    );
    let __traced_out = ::traced::__private::call(move || -> _ { self.query() });
    ::traced::__private::wrap_stream(__traced_span, __traced_out)
}
