//! What can be annotated, and what the span is called.

use std::collections::HashMap;
use traced::testing::{capture, capture_async};
use traced::traced;

#[traced]
fn add(a: u32, b: u32) -> u32 {
    a + b
}

#[traced]
fn nothing() {
    add(1, 2);
}

#[test]
fn nested_calls_are_a_tree() {
    let ((), trace) = capture(|| {
        nothing();
        add(3, 4);
    });
    assert_eq!(trace.tree(), "nothing\n  add\nadd\n");
}

#[test]
fn without_a_capture_nothing_is_recorded_and_the_value_is_the_same() {
    assert_eq!(add(1, 2), 3);
}

struct Cart {
    items: Vec<u32>,
}

impl Cart {
    #[traced(name = "cart.total", kind = server)]
    fn total(&self) -> u32 {
        self.items.iter().sum()
    }

    #[traced]
    fn first(&mut self) -> Option<&mut u32> {
        self.items.first_mut()
    }
}

#[test]
fn methods_take_their_receiver_as_it_is() {
    let mut cart = Cart { items: vec![1, 2] };
    let (total, trace) = capture(|| {
        *cart.first().expect("two items") += 10;
        cart.total()
    });
    assert_eq!(total, 13);
    assert_eq!(trace.tree(), "first\ncart.total SERVER\n");
}

#[traced]
impl Cart {
    fn push(&mut self, item: u32) {
        self.items.push(item);
    }

    #[traced(skip)]
    fn len(&self) -> usize {
        self.items.len()
    }
}

#[test]
fn every_method_of_an_annotated_block_is_named_with_its_type() {
    let mut cart = Cart { items: Vec::new() };
    let (len, trace) = capture(|| {
        cart.push(1);
        cart.len()
    });
    assert_eq!(len, 1);
    assert_eq!(trace.tree(), "Cart::push\n");
}

#[traced]
trait Ships {
    fn weight(&self) -> u32;

    fn price(&self) -> u32 {
        self.weight() * 2
    }

    async fn ship(&self) -> Result<(), String> {
        std::future::ready(Err(format!("{} is too much", self.price()))).await
    }
}

#[traced]
impl Ships for &Cart {
    fn weight(&self) -> u32 {
        self.items.len().try_into().expect("a small cart")
    }
}

#[traced]
impl Ships for [u32] {
    fn weight(&self) -> u32 {
        self.iter().sum()
    }
}

#[traced]
impl<T> Ships for HashMap<String, Vec<T>> {
    fn weight(&self) -> u32 {
        1
    }

    #[traced(name = PRICE)]
    fn price(&self) -> u32 {
        self.weight()
    }
}

const PRICE: &str = "the price of a map";

#[tokio::test]
async fn a_method_of_a_trait_is_named_with_the_trait_and_where_it_is_implemented_with_the_type() {
    let cart = Cart { items: vec![7] };
    let (_, trace) = capture_async(async {
        [1_u32, 2].price();
        HashMap::<String, Vec<u8>>::new().price();
        (&cart).ship().await
    })
    .await;
    let error = "error.type=alloc::string::String] ERROR: 2 is too much";
    assert_eq!(
        trace.tree(),
        format!(
            "Ships::price\n  [u32]::weight\nthe price of a map\n  HashMap::weight\nShips::ship [{error}\n  \
             · exception [exception.type=alloc::string::String, exception.message=2 is too much]\n  \
             Ships::price\n    Cart::weight\n"
        )
    );
}

#[test]
fn code_attributes_name_the_function_with_its_type() {
    let cart = Cart { items: Vec::new() };
    let (_, trace) = capture(|| {
        cart.total();
        add(1, 1)
    });
    let code = |name: &str, key: &str| trace.span(name).attribute(key).map(ToString::to_string);
    assert_eq!(code("cart.total", "code.function.name").as_deref(), Some("behaviour::functions::Cart::total"));
    assert_eq!(code("add", "code.function.name").as_deref(), Some("behaviour::functions::add"));
    assert!(code("add", "code.file.path").expect("a path").ends_with("functions.rs"));
    assert_eq!(code("add", "code.line.number").as_deref(), Some("8"));
}

/// The closure's parameter is `&str` of any lifetime because the signature says so.
#[traced]
fn longer_than(length: usize) -> impl Fn(&str) -> bool {
    move |text| text.len() > length
}

#[test]
fn a_returned_closure_keeps_the_type_that_the_signature_gives_it() {
    let (longer, trace) = capture(|| longer_than(3));
    assert!(longer("four") && !longer("two"));
    assert_eq!(trace.tree(), "longer_than\n");
}

#[test]
fn a_span_is_named_by_any_text() {
    #[traced(name = topic)]
    fn borrowed(topic: &str) {}
    #[traced(name = topic)]
    fn owned(topic: &String) {}
    #[traced(name = format!("to {topic}"))]
    fn formatted(topic: &str) {}
    #[traced(name = String::from_utf8_lossy(topic))]
    fn lossy(topic: &[u8]) {}
    let topic = String::from("orders");
    let ((), trace) = capture(|| {
        borrowed(&topic);
        owned(&topic);
        formatted(&topic);
        lossy(topic.as_bytes());
    });
    assert_eq!(trace.tree(), "orders\norders\nto orders\norders\n");
}

pub(crate) struct Total(u32);

macro_rules! totals {
    ($name:ident, $of:ty, $length:literal) => {
        #[traced]
        fn $name(items: [$of; $length]) -> Result<$crate::functions::Total, [$of; $length]> {
            let [first, ..] = items;
            if first == 0 {
                return Err(items);
            }
            Ok($crate::functions::Total(items.into_iter().map(u32::from).sum()))
        }
    };
}

totals!(total_of_bytes, u8, 2);

#[test]
fn a_macro_may_write_the_function() {
    let (total, trace) = capture(|| total_of_bytes([1, 2]).map(|total| total.0));
    assert_eq!(total, Ok(3));
    assert_eq!(trace.tree(), "total_of_bytes\n");
}
