//! In: spans by hand. Out: the text that stands on stderr, literally.

use std::time::{Duration, Instant};

use opentelemetry::KeyValue;
use opentelemetry::trace::{Event, Link, SpanId, SpanKind, Status};
use opentelemetry_sdk::trace::SpanData;

use super::layout::Page;
use super::{Buffer, Console, Ready, text};
use crate::export::sample::{context, span};

trait With: Sized {
    fn kind(self, kind: SpanKind) -> Self;
    fn with(self, key: &'static str, value: impl Into<opentelemetry::Value>) -> Self;
    fn event(self, name: &'static str, attributes: &[(&'static str, &'static str)]) -> Self;
    fn error(self, description: &'static str) -> Self;
}

impl With for SpanData {
    fn kind(mut self, kind: SpanKind) -> Self {
        self.span_kind = kind;
        self
    }

    fn with(mut self, key: &'static str, value: impl Into<opentelemetry::Value>) -> Self {
        self.attributes.push(KeyValue::new(key, value));
        self
    }

    fn event(mut self, name: &'static str, attributes: &[(&'static str, &'static str)]) -> Self {
        let attributes = attributes.iter().map(|(key, value)| KeyValue::new(*key, *value)).collect();
        self.events.events.push(Event::new(name, self.end_time, attributes, 0));
        self
    }

    fn error(mut self, description: &'static str) -> Self {
        self.status = Status::error(description);
        self
    }
}

fn console(signs: text::Signs, colours: bool) -> Console {
    let page = Page { signs, columns: 100, service: "api-gateway".to_owned() };
    Console { page, colours, buffer: std::sync::Mutex::default() }
}

fn draw(spans: Vec<SpanData>) -> String {
    let console = console(text::UNICODE, false);
    console.draw(Buffer::default().add(spans, Instant::now()))
}

fn order() -> Vec<SpanData> {
    vec![
        span(5, 4, "send order-events", (4_000, 900)).kind(SpanKind::Producer).with("messaging.system", "kafka"),
        span(6, 3, "INSERT orders", (2_000, 2_200)).kind(SpanKind::Client).with("db.system.name", "postgresql"),
        span(3, 2, "process-order", (1_000, 7_000)).with("order.id", "ord-1").with("items", 3).with("code.line.number", 7),
        span(2, 1, "order.v1.OrderService/CreateOrder", (500, 8_100))
            .kind(SpanKind::Client)
            .with("rpc.system.name", "grpc")
            .with("rpc.response.status_code", "OK"),
        span(7, 1, "send-email", (9_000, 1_000))
            .error("mailbox full")
            .event("exception", &[("exception.type", "mailer::smtp::SmtpError"), ("exception.message", "mailbox full")]),
        span(1, 0, "POST /api/orders", (0, 12_400))
            .kind(SpanKind::Server)
            .with("http.request.method", "POST")
            .with("http.route", "/api/orders")
            .with("http.response.status_code", 201),
    ]
}

#[test]
fn a_trace_is_a_tree_with_aligned_durations() {
    let mut spans = order();
    spans[0].parent_span_id = SpanId::from(3);
    assert_eq!(
        draw(spans),
        "\
POST /api/orders 201                                   12.4ms  SERVER    api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736
├─ order.v1.OrderService/CreateOrder OK                 8.1ms  CLIENT
│  └─ process-order                                     7.0ms  order.id=ord-1 items=3
│     ├─ INSERT orders                                  2.2ms  CLIENT    postgresql
│     └─ send order-events                              0.9ms  PRODUCER  kafka
└─ send-email                                           1.0ms  ✗ SmtpError: mailbox full
"
    );
}

#[test]
fn events_causes_and_links_stand_beneath_their_span() {
    let mut root = span(1, 0, "checkout", (0, 1_234_000))
        .event("order-completed", &[("order.id", "ord-1")])
        .event(
            "exception",
            &[
                ("exception.type", "shop::Error<io::Error>"),
                ("exception.message", "no stock"),
                ("exception.stacktrace", "no stock\ncaused by: warehouse is shut\nstack backtrace:\n0: main"),
            ],
        )
        .error("no stock");
    root.links.links.push(Link::new(context(1, 2), Vec::new(), 0));
    let child = span(2, 1, "reserve", (10, 850)).event("cancelled", &[]);
    assert_eq!(
        draw(vec![child, root]),
        "\
checkout                                                 1.2s  api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736  ✗ Error<io::Error>: no stock
│    caused by: warehouse is shut
│  · order-completed order.id=ord-1
│  ↗ link 00000000000000000000000000000001/0000000000000002
└─ reserve                                              850µs
      · cancelled
"
    );
}

#[test]
fn nothing_in_a_span_can_steer_the_terminal() {
    let root = span(1, 0, "a\x1b[2Jb", (0, 1)).with("k\n", "two \"words\"\r").with("x", "\u{202e}gpj");
    assert_eq!(
        draw(vec![root]),
        "\
a\\u{1b}[2Jb                                               1µs  api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736  k\\n=\"two \\\"words\\\"\\r\" x=\\u{202e}gpj
"
    );
}

#[test]
fn ascii_where_the_terminal_knows_no_more() {
    let spans = vec![span(2, 1, "größe", (0, 850)).error("böse"), span(1, 0, "root", (0, 900))];
    let console = console(text::ASCII, false);
    assert_eq!(
        console.draw(Buffer::default().add(spans, Instant::now())),
        "\
root                                                    0.9ms  api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736
`- gr\\u{f6}\\u{df}e                                      850us  x b\\u{f6}se
"
    );
}

#[test]
fn errors_are_red_where_colours_are_on() {
    let console = console(text::UNICODE, true);
    let text = console.draw(Buffer::default().add(vec![span(1, 0, "root", (0, 900)).error("broken")], Instant::now()));
    assert!(text.starts_with("\x1b[31mroot\x1b[0m "), "{text:?}");
    assert!(text.ends_with("\x1b[31m✗ broken\x1b[0m\n"), "{text:?}");
}

#[test]
fn late_children_are_shown_as_late_with_those_beneath_them() {
    let mut buffer = Buffer::default();
    let console = console(text::UNICODE, false);
    let now = Instant::now();
    assert_eq!(buffer.add(vec![span(3, 2, "inner", (0, 10))], now), []);
    let first = buffer.add(vec![span(1, 0, "root", (0, 100))], now);
    assert_eq!(first.iter().map(|(ready, spans)| (*ready, spans.len())).collect::<Vec<_>>(), [(Ready::Root, 1)]);
    let late = buffer.add(vec![span(2, 1, "outer", (0, 200))], now);
    assert_eq!(
        console.draw(late),
        "\
… late  outer                                           200µs  api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736
└─ inner                                                 10µs
"
    );
    assert_eq!(buffer.drain(), []);
}

#[test]
fn local_roots_of_one_trace_are_trees_of_their_own() {
    let mut served = span(2, 9, "served", (0, 10));
    served.parent_span_is_remote = true;
    let mut also = span(1, 8, "also", (0, 10));
    also.parent_span_is_remote = true;
    let names: Vec<_> = draw(vec![span(3, 2, "below", (0, 1)), also, served]).lines().map(|l| l[..12].trim().to_owned()).collect();
    assert_eq!(names, ["served", "└─ below", "also"]);
}

#[test]
fn what_overflows_is_drawn_as_orphans() {
    let mut buffer = Buffer::default();
    let now = Instant::now();
    assert_eq!(buffer.add(vec![span(2, 1, "lost", (0, 10))], now), []);
    let later = buffer.add(Vec::new(), now + Duration::from_secs(301));
    assert_eq!(
        console(text::UNICODE, false).draw(later),
        "\
… orphan  lost                                           10µs  api-gateway   trace 4bf92f3577b34da6a3ce929d0e0e4736
"
    );
    let many = (0..10_001).map(|id| span(id + 10, 1, "many", (0, 10))).collect();
    let drawn = buffer.add(many, now);
    assert_eq!(drawn.iter().map(|(ready, spans)| (*ready, spans.len())).collect::<Vec<_>>(), [(Ready::Orphan, 10_001)]);
}

#[test]
fn a_deep_trace_neither_overflows_nor_runs_off_the_page() {
    let spans = (1..=100_000).rev().map(|id| span(id, id - 1, "deep", (id, 10))).collect();
    let text = draw(spans);
    assert_eq!(text.lines().count(), 100_000);
    assert!(text.lines().last().unwrap().trim_start().starts_with("[+99975]"), "{}", text.lines().last().unwrap());
}

#[test]
fn cycles_are_cut() {
    let spans = vec![span(1, 2, "a", (0, 1)), span(2, 1, "b", (1, 1)), span(3, 3, "c", (2, 1))];
    let mut names = Vec::new();
    super::Tree::build(spans).visit(|row| names.push((row.span.name.clone(), row.last.len())));
    assert_eq!(names, [("c".into(), 0), ("a".into(), 0), ("b".into(), 1)]);
}

#[test]
fn durations_are_read_at_a_glance() {
    let of = |nanos| text::UNICODE.duration(Duration::from_nanos(nanos));
    let texts =
        [15, 850_000, 1_000_000, 12_400_000, 999_960_000, 1_200_000_000, 59_960_000_000, 125_000_000_000, 3_700_000_000_000].map(of);
    assert_eq!(texts, ["15ns", "850µs", "1.0ms", "12.4ms", "1.0s", "1.2s", "0m59s", "2m05s", "1h01m"]);
}
