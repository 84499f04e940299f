// The expansion of
//
// #[traced]
// fn ship(order: Order) {
//     dispatch(order);
// }

fn ship(order: Order) {
    let __traced_span = ::traced::__private::enter(
        &::traced::__private::Site {
            name: "ship",
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
    dispatch(order);
}
