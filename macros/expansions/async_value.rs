// The expansion of
//
// #[traced]
// async fn load(db: &Database, id: u64) -> Result<Order, Error> {
//     db.get(id).await
// }

async fn load(db: &Database, id: u64) -> Result<Order, Error> {
    let mut __traced_span = {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "load",
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
        ::traced::__private::start(&__TRACED_CALLSITE)
    };
    let __traced_future = ::core::pin::pin!(
        ::traced::__private::Some(async move { if false { return
        ::traced::__private::never:: < Result < Order, Error > > (); } db.get(id). await
        })
    );
    let __traced_out = ::traced::__private::run(&mut __traced_span, __traced_future)
        .await;
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
