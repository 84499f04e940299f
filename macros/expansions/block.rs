// The expansion of
//
// #[traced(kind = client, attributes(component = "store"))]
// impl<T> Store<T> {
//     const SIZE: usize = 3;
//     pub const fn new() -> Self {
//         Self
//     }
//     fn get(&self, id: u64) -> Option<&T> {
//         self.map.get(&id)
//     }
//     #[traced(name = "put", attributes(id))]
//     fn insert(&mut self, id: u64) {
//         self.map.insert(id);
//     }
//     #[traced(skip)]
//     fn len(&self) -> usize {
//         self.map.len()
//     }
// }

impl<T> Store<T> {
    const SIZE: usize = 3;
    pub const fn new() -> Self {
        Self
    }
    fn get(&self, id: u64) -> Option<&T> {
        let __traced_span = if ::traced::__private::enabled() {
            ::traced::__private::Start::new(
                    &::traced::__private::Site {
                        name: "Store::get",
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
                .attributes(
                    &mut |__traced_attributes| {
                        ::traced::__private::value::Capture::new(&("store"))
                            .traced_capture(__traced_attributes, "component");
                    },
                )
                .enter()
        } else {
            ::traced::__private::Entered::OFF
        };
        self.map.get(&id)
    }
    fn insert(&mut self, id: u64) {
        let __traced_span = if ::traced::__private::enabled() {
            ::traced::__private::Start::new(
                    &::traced::__private::Site {
                        name: "put",
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
                .attributes(
                    &mut |__traced_attributes| {
                        ::traced::__private::value::Capture::new(&("store"))
                            .traced_capture(__traced_attributes, "component");
                        ::traced::__private::value::Capture::new(&(id))
                            .traced_capture(__traced_attributes, "id");
                    },
                )
                .enter()
        } else {
            ::traced::__private::Entered::OFF
        };
        self.map.insert(id);
    }
    fn len(&self) -> usize {
        self.map.len()
    }
}
