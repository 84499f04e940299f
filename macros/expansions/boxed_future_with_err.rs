// The expansion of
//
// #[traced(err(if = |e| e.is_fatal()))]
// fn load(id: u64) -> Pin<Box<dyn Future<Output = Result<Order, Error>> + Send>> {
//     Box::pin(query(id))
// }

fn load(id: u64) -> Pin<Box<dyn Future<Output = Result<Order, Error>> + Send>> {
    let __traced_returning = ::traced::__private::outcome::Returning::<
        Pin<Box<dyn Future<Output = Result<Order, Error>> + Send>>,
    >::new()
        .traced_when();
    let __traced_span = ::traced::__private::enter_as(
        &__traced_returning,
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
    #[allow(clippy::result_large_err)]
    let __traced_out = ::traced::__private::call(move || -> Pin<
        Box<dyn Future<Output = Result<Order, Error>> + Send>,
    > { Box::pin(query(id)) });
    if __traced_span.is_off() {
        __traced_out
    } else {
        ::traced::__private::Box::pin(
            ::traced::__private::wrap_future(
                __traced_span,
                __traced_out,
                |__traced_span, __traced_out| {
                    return ::traced::__private::outcome::Kind::finish_if(
                        ::traced::__private::outcome::of(&__traced_out)
                            .traced_shape()
                            .traced_kind(),
                        __traced_span,
                        __traced_out,
                        |e| e.is_fatal(),
                    );
                },
            ),
        )
    }
}
