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
                "publish",
                "package",
                "1.2.3",
                ::core::file!(),
                0u32,
                || {},
            )
            .kind(::traced::__private::SpanKind::Producer);
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
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_kind(),
        __traced_span,
        __traced_out,
    );
}
