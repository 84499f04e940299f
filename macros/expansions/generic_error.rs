// The expansion of
//
// #[traced]
// fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
//     queue.push(message)
// }

fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "send",
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
    let __traced_out = ::traced::__private::call(
        #[allow(clippy::result_large_err)]
        move || -> Result<(), SendError<M>> {
            let _ = &message;
            queue.push(message)
        },
    );
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
