// The expansion of
//
// #[traced(name = format!("charge {card}"), kind = client, attributes(order.id = order.id, total = %order.total, http.status_code = 200, tier))]
// fn charge(order: &Order, #[attr("card.number", redact)] card: &str, tier: u8) {
//     pay(order, card, tier);
// }

fn charge(order: &Order, card: &str, tier: u8) {
    mod __traced_key2 {
        #[allow(dead_code)]
        pub(super) struct Key {
            #[deprecated(
                note = "OpenTelemetry renamed `http.status_code`; write `http.response.status_code`"
            )]
            pub(super) renamed: (),
        }
    }
    const _: __traced_key2::Key = __traced_key2::Key { renamed: () };
    let __traced_span = if ::traced::__private::enabled() {
        ::traced::__private::Start::new(
                &::traced::__private::Site {
                    name: "charge",
                    scope: "package",
                    version: "1.2.3",
                    file: ::core::file!(),
                    line: 0u32,
                    kind: ::traced::__private::SpanKind::Client,
                    leaf: false,
                    none_is_error: false,
                },
                || {},
            )
            .name(&|| ::traced::__private::name(format!("charge {card}")))
            .attributes(
                &mut |__traced_attributes| {
                    ::traced::__private::value::Capture::new(&(order.id))
                        .traced_capture(__traced_attributes, "order.id");
                    ::traced::__private::value::display(
                        __traced_attributes,
                        "total",
                        &(order.total),
                    );
                    ::traced::__private::value::Capture::new(&(200))
                        .traced_capture(__traced_attributes, "http.status_code");
                    ::traced::__private::value::Capture::new(&(tier))
                        .traced_capture(__traced_attributes, "tier");
                    ::traced::__private::value::redacted(
                        __traced_attributes,
                        "card.number",
                    );
                },
            )
            .enter()
    } else {
        ::traced::__private::Entered::OFF
    };
    pay(order, card, tier);
}
