// The expansion of
//
// #[traced]
// fn total(cart: Cart, coupon: Option<Coupon>) -> Result<Money, Error> {
//     coupon.apply(&cart)?;
//     cart.total()
// }

fn total(cart: Cart, coupon: Option<Coupon>) -> Result<Money, Error> {
    let __traced_span = ::traced::__private::enter(
        &::traced::__private::Site {
            name: "total",
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
    #[allow(clippy::result_large_err)]
    let __traced_out = ::traced::__private::call(move || -> Result<Money, Error> {
        let _ = &coupon;
        let _ = &cart;
        coupon.apply(&cart)?;
        cart.total()
    });
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
