// The expansion of
//
// #[traced]
// async fn load(db: &Database, id: u64) -> Result<Order, Error> {
//     db.get(id).await
// }

async fn load(db: &Database, id: u64) -> Result<Order, Error> {
    let __traced_span = ::traced::__private::start(
        &::traced::__private::Site {
            name: "load",
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
        ::traced::__private::outcome::of(&__traced_out).traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
