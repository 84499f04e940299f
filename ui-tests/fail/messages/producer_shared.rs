//! A publisher that cannot write into its message.

use traced::traced;

use traced::messaging::{Description, Outgoing};

struct Record;

impl Outgoing for Record {
    fn description(&self) -> Description<'_> {
        Description::new("kafka", "orders")
    }
    fn inject(&mut self, _: &traced::opentelemetry::Context) {}
}

#[traced(producer(record))]
fn publish(record: &Record) {
    let _ = record;
}

fn main() {}
