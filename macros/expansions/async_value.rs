// The expansion of
//
// #[traced]
// async fn load(db: &Database, id: u64) -> Result<Order, Error> {
//     db.get(id).await
// }

async fn load(db: &Database, id: u64) -> Result<Order, Error> {
    let __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            "load",
            "package",
            "1.2.3",
            ::core::file!(),
            0u32,
            || {},
        );
        ::traced::__private::start(&__TRACED_CALLSITE)
    };
    let (__traced_span, __traced_out) = ::traced::__private::run(
            __traced_span,
            async move {
                if false {
                    return ::traced::__private::never::<Result<Order, Error>>();
                }
                db.get(id).await
            },
        )
        .await;
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_kind(),
        __traced_span,
        __traced_out,
    );
}
