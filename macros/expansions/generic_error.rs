// The expansion of
//
// #[traced]
// fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
//     queue.push(message)
// }

fn send<M>(queue: &Queue<M>, message: M) -> Result<(), SendError<M>> {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "send",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
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
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of_generic(&__traced_out).traced_kind(),
        __traced_span,
        __traced_out,
    );
}
