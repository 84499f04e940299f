// The expansion of
//
// #[traced]
// fn total(cart: Cart, coupon: Option<Coupon>) -> Result<Money, Error> {
//     coupon.apply(&cart)?;
//     cart.total()
// }

fn total(cart: Cart, coupon: Option<Coupon>) -> Result<Money, Error> {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "total",
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
        move || -> Result<Money, Error> {
            let _ = &coupon;
            let _ = &cart;
            coupon.apply(&cart)?;
            cart.total()
        },
    );
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
