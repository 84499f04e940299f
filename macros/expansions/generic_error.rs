// The expansion of
//
// #[traced]
// fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
//     queue.push(message)
// }

fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
    let __traced_span = ::traced::__private::enter(
        &::traced::__private::Site {
            name: "send",
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
    let __traced_out: Result<(), SendError<M>> = {
        ();
        queue.push(message)
    };
    #[allow(unreachable_code)]
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of_generic(&__traced_out)
            .traced_shape()
            .traced_kind(),
        __traced_span,
        __traced_out,
    );
}
