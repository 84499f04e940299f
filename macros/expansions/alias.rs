// The expansion of
//
// #[traced]
// fn call(request: Request) -> Reply {
//     handle(request)
// }

fn call(request: Request) -> Reply {
    let __traced_returning = ::traced::__private::outcome::Returning::<Reply>::new()
        .traced_when();
    let __traced_span = ::traced::__private::enter_as(
        &__traced_returning,
        &::traced::__private::Site {
            name: "call",
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
    let __traced_out: Reply = {
        ();
        handle(request)
    };
    #[allow(unreachable_code)]
    return ::traced::__private::outcome::Kind::finish(
        __traced_returning.traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
