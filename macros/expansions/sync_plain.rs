// The expansion of
//
// #[traced]
// fn longer_than(length: usize) -> impl Fn(&str) -> bool {
//     move |text| text.len() > length
// }

fn longer_than(length: usize) -> impl Fn(&str) -> bool {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "longer_than",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::enter(&__TRACED_CALLSITE)
    };
    move |text| text.len() > length
}
