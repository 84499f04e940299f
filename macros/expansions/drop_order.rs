// The expansion of
//
// #[traced]
// fn work(a: Guard, _: Guard, _c: Guard, mut d: &str) -> Total {
//     d = d.trim();
//     a.total() + d.len()
// }

fn work(a: Guard, __traced_arg1: Guard, _c: Guard, d: &str) -> Total {
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "work",
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
        ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .mode({
                use ::traced::__private::outcome::traits::*;
                (&&::traced::__private::outcome::Returning::<Total>::new()).mode()
            })
            .enter()
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out = ::traced::__private::call(move || -> Total {
        #[allow(clippy::used_underscore_binding)]
        let _ = &_c;
        let _ = &__traced_arg1;
        let _ = &a;
        #[allow(clippy::shadow_same)]
        let mut d = d;
        d = d.trim();
        a.total() + d.len()
    });
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
