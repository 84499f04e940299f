//! Message handlers: in the producer's trace and linked to it; batches linked to every message.

use std::collections::HashMap;
use traced::messaging::{Carrier, Description, Message, Outgoing};
use traced::opentelemetry::Context;
use traced::testing::capture;
use traced::traced;

#[derive(Default)]
struct Envelope {
    id: u32,
    headers: HashMap<String, String>,
}

impl Message for Envelope {
    fn carrier(&self) -> Carrier<'_> {
        Carrier::new(&self.headers)
    }

    fn description(&self) -> Description<'_> {
        Description::new("in-process", "orders").id(self.id.to_string()).body_size(11)
    }
}

impl Outgoing for Envelope {
    fn description(&self) -> Description<'_> {
        Message::description(self)
    }

    fn inject(&mut self, context: &Context) {
        traced::propagation::inject_context(context, &mut self.headers);
    }
}

#[traced(producer(envelope))]
fn publish(envelope: &mut Envelope) {
    assert!(envelope.headers.contains_key("traceparent"));
}

#[traced(consumer(envelope))]
fn on_order(envelope: &Envelope) -> Result<(), &'static str> {
    if envelope.id == 13 { Err("unlucky") } else { Ok(()) }
}

#[traced(consumer(envelope, link))]
async fn on_order_apart(envelope: Envelope) {
    let _ = envelope;
}

#[traced(consumer(batch))]
fn on_batch(batch: &[Envelope]) {
    let _ = batch;
}

const SHARED: &str = "messaging.system=in-process, messaging.destination.name=orders";

#[test]
fn a_handler_is_in_the_producers_trace_and_linked_to_it() {
    let ((), trace) = capture(|| {
        let mut envelope = Envelope { id: 13, ..Envelope::default() };
        publish(&mut envelope);
        on_order(&envelope).expect_err("it is number 13");
    });
    let one = "messaging.message.id=13, messaging.message.body.size=11";
    assert_eq!(
        trace.tree(),
        format!(
            "send orders PRODUCER [messaging.operation.name=send, messaging.operation.type=send, {SHARED}, {one}]\n  \
             process orders CONSUMER [messaging.operation.name=process, messaging.operation.type=process, {SHARED}, {one}, error.type=&str] ERROR: unlucky\n    \
             · exception [exception.type=&str, exception.message=unlucky]\n    → send orders\n"
        )
    );
}

#[tokio::test]
async fn a_linked_handler_stays_in_its_own_trace() {
    let ((), trace) = traced::testing::capture_async(async {
        let mut envelope = Envelope::default();
        publish(&mut envelope);
        on_order_apart(envelope).await;
    })
    .await;
    let handler = trace.span("process orders");
    assert!(handler.parent().is_none());
    assert_eq!(handler.links().len(), 1);
}

#[test]
fn a_batch_is_one_span_with_a_link_to_every_message() {
    let ((), trace) = capture(|| {
        let mut batch: Vec<Envelope> = (0..3).map(|id| Envelope { id, ..Envelope::default() }).collect();
        batch.iter_mut().for_each(publish);
        on_batch(&batch);
    });
    let links =
        "  → send orders [messaging.message.id=0]\n  → send orders [messaging.message.id=1]\n  → send orders [messaging.message.id=2]\n";
    let handler = format!(
        "process orders CONSUMER [messaging.operation.name=process, messaging.operation.type=process, {SHARED}, messaging.batch.message_count=3]\n{links}"
    );
    assert!(trace.tree().ends_with(&handler), "{}", trace.tree());
}

#[test]
fn a_name_in_the_attribute_beats_the_messages() {
    #[traced(consumer(envelope), name = "import order")]
    fn import(envelope: &Envelope) {
        let _ = envelope;
    }
    let ((), trace) = capture(|| import(&Envelope::default()));
    assert!(trace.tree().starts_with("import order CONSUMER"), "{}", trace.tree());
}

#[test]
fn a_message_without_a_context_begins_a_trace_or_stays_in_the_current_one() {
    let ((), trace) = capture(|| {
        #[traced]
        fn poll() {
            on_order(&Envelope::default()).expect("fine");
        }
        poll();
    });
    assert!(trace.tree().starts_with("poll\n  process orders CONSUMER"), "{}", trace.tree());
}
