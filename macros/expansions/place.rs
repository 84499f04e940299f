// The expansion of
//
// #[traced(when = verbose, from = headers, link = other, into = &mut request.headers)]
// fn forward(headers: &Headers, other: Context, request: &mut Request, verbose: bool) {
//     send(request);
// }

fn forward(headers: &Headers, other: Context, request: &mut Request, verbose: bool) {
    let __traced_span = if ::traced::__private::enabled() && (verbose) {
        let mut __traced_span = ::traced::__private::Start::new(
                &::traced::__private::Site {
                    name: "forward",
                    scope: "package",
                    version: "1.2.3",
                    file: ::core::file!(),
                    line: 0u32,
                    kind: ::traced::__private::SpanKind::Internal,
                    leaf: false,
                    none_is_error: false,
                },
                || {},
            )
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
