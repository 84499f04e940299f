// The expansion of
//
// #[traced]
// fn longer_than(length: usize) -> impl Fn(&str) -> bool {
//     move |text| text.len() > length
// }

fn longer_than(length: usize) -> impl Fn(&str) -> bool {
    let __traced_span = ::traced::__private::enter(
        &::traced::__private::Site {
            name: "longer_than",
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
    move |text| text.len() > length
}
