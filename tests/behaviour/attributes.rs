//! Values: typed where OpenTelemetry has the type, absent where there is none, evaluated only when recorded.

use std::fmt;
use std::sync::Arc;
use traced::opentelemetry::Value;
use traced::testing::capture;
use traced::traced;

struct Order {
    id: String,
    items: Vec<u32>,
    coupon: Option<&'static str>,
}

struct Tier;

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("gold")
    }
}

#[derive(Debug)]
#[allow(dead_code)]
struct Point {
    x: i32,
}

#[traced(attributes(order.id = order.id, items = order.items.len(), "customer.tier" = %Tier, coupon = order.coupon, at = ?Point { x: 1 }, express))]
fn place(order: &Order, express: bool) {
    traced::record!(step = "placed", order.items = order.items);
    traced::event!("order-completed", order.id = order.id);
}

#[test]
fn attributes_are_typed() {
    let order = Order { id: "ord-1".into(), items: vec![1, 2], coupon: None };
    let ((), trace) = capture(|| place(&order, true));
    assert_eq!(
        trace.tree(),
        "place [order.id=ord-1, items=2, customer.tier=gold, at=Point { x: 1 }, express=true, step=placed, order.items=[1,2]]\n  \
         · order-completed [order.id=ord-1]\n"
    );
    let place = trace.span("place");
    assert_eq!(place.attribute("items"), Some(&Value::I64(2)));
    assert_eq!(place.attribute("express"), Some(&Value::Bool(true)));
    assert_eq!(place.attribute("coupon"), None);
}

#[traced(args(skip(note)))]
fn login(user: Arc<str>, password: &str, attempts: u64, note: Tier) -> usize {
    let _ = note;
    user.len() + password.len() + usize::from(attempts > 3)
}

#[traced]
fn charge(
    #[attr("order.id")] id: &str,
    #[attr("card.number", redact)] card: &str,
    #[attr(display)] tier: Tier,
    #[attr] amount: f32,
) -> usize {
    let _ = (tier, amount);
    id.len() + card.len()
}

#[test]
fn parameters_are_captured_only_as_asked_and_secrets_never() {
    let (_, trace) = capture(|| (login("ann".into(), "hunter2", u64::MAX, Tier), charge("ord-1", "4111", Tier, 1.5)));
    assert_eq!(
        trace.tree(),
        "login [user=ann, attempts=18446744073709551615]\ncharge [order.id=ord-1, card.number=[redacted], tier=gold, amount=1.5]\n"
    );
}

struct Cents(i64);

impl traced::IntoValue for Cents {
    fn into_value(&self) -> Value {
        self.0.into()
    }
}

#[traced(attributes(price = price, maybe = Some(&price)), ret)]
fn own(price: Cents) -> Cents {
    price
}

#[test]
fn a_type_of_the_users_own_is_a_value() {
    let (_, trace) = capture(|| own(Cents(499)));
    assert_eq!(trace.tree(), "own [price=499, maybe=499, _return=499]\n".replace("_return", "return"));
}

#[test]
fn the_last_value_of_a_key_wins() {
    #[traced(attributes(state = "new"))]
    fn change() {
        traced::record!(state = "paid");
    }
    let ((), trace) = capture(change);
    assert_eq!(trace.tree(), "change [state=paid]\n");
}

#[test]
fn values_are_not_evaluated_when_nothing_is_recorded() {
    #[traced(attributes(x = unreachable()))]
    fn quiet() {
        traced::record!(y = unreachable());
        traced::event!("never", z = unreachable());
    }
    fn unreachable() -> u32 {
        panic!("evaluated")
    }
    let suppressed = traced::opentelemetry::Context::enter_telemetry_suppressed_scope();
    quiet();
    drop(suppressed);
}

#[traced(attributes("code.line.number" = 7, "code.owner" = "payments"))]
fn owned() {}

#[test]
fn a_key_of_the_users_that_begins_with_code_beats_ours() {
    let ((), trace) = capture(owned);
    let span = trace.span("owned");
    let value = |key| span.attribute(key).map(ToString::to_string);
    assert_eq!(value("code.owner").as_deref(), Some("payments"));
    assert_eq!(value("code.function.name").as_deref(), Some("behaviour::attributes::owned"));
    assert_eq!(value("code.line.number").as_deref(), Some("7"));
}
