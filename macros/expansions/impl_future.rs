// The expansion of
//
// #[traced]
// fn load(id: u64) -> impl Future<Output = Result<Order, Error>> {
//     query(id)
// }

fn load(id: u64) -> impl Future<Output = Result<Order, Error>> {
    let __traced_span = ::traced::__private::enter_as(
        ::traced::__private::Mode::Future,
        &::traced::__private::Site {
            name: "load",
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
    let __traced_out = ::traced::__private::call(move || -> _ { query(id) });
    return ::traced::__private::wrap_future::<
        Result<Order, Error>,
        _,
        _,
    >(
        __traced_span,
        __traced_out,
        |__traced_span, __traced_out| {
            return ::traced::__private::outcome::Kind::finish(
                ::traced::__private::outcome::of(&__traced_out)
                    .traced_shape()
                    .traced_kind(),
                __traced_span,
                __traced_out,
            );
        },
    );
}
