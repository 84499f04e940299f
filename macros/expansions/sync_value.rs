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
            "total",
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
        move || -> Result<Money, Error> {
            let _ = &coupon;
            let _ = &cart;
            coupon.apply(&cart)?;
            cart.total()
        },
    );
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_kind(),
        __traced_span,
        __traced_out,
    );
}
