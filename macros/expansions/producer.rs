// The expansion of
//
// #[traced(producer(record))]
// fn publish(record: Record) -> Result<(), Error> {
//     send(record)
// }

fn publish(record: Record) -> Result<(), Error> {
    let mut record = record;
    let __traced_span = if ::traced::__private::enabled() {
        static __TRACED_CALLSITE: ::traced::__private::Callsite = ::traced::__private::Callsite::new(
            ::traced::__private::Site {
                name: "publish",
                kind: ::traced::__private::SpanKind::Producer,
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
        let mut __traced_span = ::traced::__private::Start::new(&__TRACED_CALLSITE)
            .producer(&record)
            .enter();
        __traced_span.inject_message(&mut record);
        __traced_span
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out = ::traced::__private::call(
        #[allow(clippy::result_large_err)]
        move || -> Result<(), Error> {
            let _ = &record;
            send(record)
        },
    );
    return {
        use ::traced::__private::outcome::traits::*;
        (&&&&&&&&::traced::__private::outcome::Returned::new(&__traced_out))
            .kind()
            .finish(__traced_span, __traced_out)
    };
}
