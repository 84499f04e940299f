// The expansion of
//
// #[traced(producer(record))]
// fn publish(record: Record) -> Result<(), Error> {
//     send(record)
// }

fn publish(record: Record) -> Result<(), Error> {
    let mut record = record;
    let __traced_span = if ::traced::__private::enabled() {
        let mut __traced_span = ::traced::__private::Start::new(
                &::traced::__private::Site {
                    name: "publish",
                    scope: "package",
                    version: "1.2.3",
                    file: ::core::file!(),
                    line: 0u32,
                    kind: ::traced::__private::SpanKind::Producer,
                    leaf: false,
                    none_is_error: false,
                },
                || {},
            )
            .producer(&record)
            .enter();
        __traced_span.inject_message(&mut record);
        __traced_span
    } else {
        ::traced::__private::Entered::OFF
    };
    let __traced_out: Result<(), Error> = {
        ();
        send(record)
    };
    #[allow(unreachable_code)]
    return ::traced::__private::outcome::Kind::finish(
        ::traced::__private::outcome::of(&__traced_out).traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
