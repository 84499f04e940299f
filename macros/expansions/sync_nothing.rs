// The expansion of
//
// #[traced]
// fn ship(order: Order) {
//     dispatch(order);
// }

fn ship(order: Order) {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "ship",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::enter(&__TRACED_CALLSITE)
    };
    dispatch(order);
}
