// The expansion of
//
// #[traced(ret(items = ret.len()), err(ignore, code = err.code()))]
// fn list(&self) -> Result<Vec<Item>, Error> {
//     self.items()
// }

fn list(&self) -> Result<Vec<Item>, Error> {
    let mut __traced_span = ::traced::__private::enter(
        &::traced::__private::Site {
            name: "list",
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
    let __traced_out: Result<Vec<Item>, Error> = {
        ();
        self.items()
    };
    #[allow(unreachable_code)]
    if __traced_span.is_recording() {
        #[allow(unused_variables)]
        if let ::traced::__private::Some(ret) = ::traced::__private::outcome::Value::new(
                &__traced_out,
            )
            .ok_value()
        {
            let __traced_attributes = __traced_span.attributes();
            ::traced::__private::value::Capture::new(&(ret.len()))
                .traced_capture(__traced_attributes, "items");
        }
        #[allow(unused_variables)]
        if let ::traced::__private::Some(err) = ::traced::__private::outcome::Value::new(
                &__traced_out,
            )
            .err_value()
        {
            let __traced_attributes = __traced_span.attributes();
            ::traced::__private::value::Capture::new(&(err.code()))
                .traced_capture(__traced_attributes, "code");
        }
    }
    return ::traced::__private::outcome::Kind::finish_ignoring(
        ::traced::__private::outcome::of(&__traced_out).traced_shape().traced_kind(),
        __traced_span,
        __traced_out,
    );
}
