// The expansion of
//
// #[traced]
// fn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> Total {
//     d = d.trim();
//     a.total() + d.len()
// }

fn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> Total {
    let __traced_returning = ::traced::__private::outcome::Returning::<Total>::new()
        .traced_when();
    let __traced_span = ::traced::__private::enter_as(
        &__traced_returning,
        &::traced::__private::Site {
            name: "work",
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
    let __traced_out: Total = {
        ();
        d = d.trim();
        a.total() + d.len()
    };
    #[allow(unreachable_code)]
    return ::traced::__private::outcome::Kind::finish(
        __traced_returning.traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
