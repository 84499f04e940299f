// The expansion of
//
// #[traced(when = verbose, from = headers, link = other, into = &mut request.headers)]
// fn forward(headers: &Headers, other: Context, request: &mut Request, verbose: bool) {
//     send(request);
// }

fn forward(headers: &Headers, other: Context, request: &mut Request, verbose: bool) {
    let __traced_span = if ::traced::__private::enabled() && (verbose) {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "forward",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        let mut __traced_span = ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .from(&(headers))
            .link(&(other))
            .enter();
        __traced_span.inject(&mut request.headers);
        __traced_span
    } else {
        ::traced::__private::Entered::OFF
    };
    send(request);
}
