//! Threads hand chunks to a queue for two spans, while the export thread fetches. No wait ends by itself here: where somebody is not
//! woken, the model cannot go on, and fails.

use super::chunk::Chunk;
use super::config::{Batch, WhenFull};
use super::queue::Queue;
use super::record::Record;
use super::stats::Counters;
use super::sync::Arc;
use loom::thread::{JoinHandle, spawn};
use std::time::Duration;

struct Shared {
    queue: Queue,
    counters: Counters,
}

/// The export thread's side.
struct Export {
    shared: Arc<Shared>,
    chunks: Vec<Chunk>,
    arrived: Vec<u64>,
}

/// A queue for two spans, which are a batch.
pub(super) fn queue(when_full: WhenFull) -> Queue {
    let export_timeout = Duration::from_hours(1);
    Queue::new(&Batch { max_queue_size: 2, max_export_batch_size: 2, export_timeout, when_full })
}

fn start(when_full: WhenFull) -> Export {
    let shared = Arc::new(Shared { queue: queue(when_full), counters: Counters::default() });
    Export { shared, chunks: Vec::new(), arrived: Vec::new() }
}

impl Shared {
    fn offer(&self, numbers: &[u64]) {
        let mut chunk = self.queue.spare();
        for &number in numbers {
            assert!(chunk.writing.append(&mut Record(number)));
        }
        self.queue.offer(chunk, &self.counters);
    }
}

impl Export {
    /// Another thread, which hands over chunks with spans of these numbers.
    fn producer(&self, chunks: &'static [&'static [u64]]) -> JoinHandle<()> {
        let shared = Arc::clone(&self.shared);
        spawn(move || chunks.iter().for_each(|numbers| shared.offer(numbers)))
    }

    fn fetch(&mut self) {
        let before = self.arrived.len();
        self.shared.queue.exchange(&mut self.chunks);
        for chunk in &mut self.chunks {
            chunk.reading.drain(|number| self.arrived.push(number));
        }
        assert!(self.arrived.len() - before <= 2, "no more than there was room for");
    }

    /// As the export thread does it, until so many spans have arrived.
    fn run(&mut self, spans: usize) {
        while self.arrived.len() < spans {
            self.shared.queue.wake.wait();
            self.fetch();
        }
    }
}

#[test]
fn a_producer_that_waits_for_room_is_woken_and_wakes_and_nothing_is_lost() {
    loom::model(|| {
        let mut export = start(WhenFull::Block);
        let producer = export.producer(&[&[0], &[1, 2], &[3]]);
        export.run(2);
        producer.join().unwrap();
        export.fetch();
        assert_eq!((&*export.arrived, export.shared.counters.all_dropped()), (&[0, 1, 2, 3][..], 0));
    });
}

/// Three threads have too many orders: of these, those with no more than three interruptions.
#[test]
fn two_producers_that_wait_for_room_both_get_it() {
    let mut orders = loom::model::Builder::new();
    orders.preemption_bound = Some(3);
    orders.check(|| {
        let mut export = start(WhenFull::Block);
        export.shared.offer(&[0, 1]);
        let producers = [export.producer(&[&[2]]), export.producer(&[&[3]])];
        export.run(2);
        for producer in producers {
            producer.join().unwrap();
        }
        export.fetch();
        export.arrived.sort_unstable();
        assert_eq!((&*export.arrived, export.shared.counters.all_dropped()), (&[0, 1, 2, 3][..], 0));
    });
}

#[test]
fn what_finds_no_room_is_dropped_and_counted_and_the_rest_arrives_in_order() {
    loom::model(|| {
        let mut export = start(WhenFull::Drop);
        let producer = export.producer(&[&[0], &[1], &[2], &[3]]);
        export.run(2);
        producer.join().unwrap();
        export.fetch();
        assert_eq!(export.arrived.len() + export.shared.counters.all_dropped(), 4);
        assert!(export.arrived.is_sorted(), "{:?}", export.arrived);
    });
}

#[test]
fn a_producer_that_waits_goes_on_when_the_queue_is_closed_and_its_spans_are_counted() {
    loom::model(|| {
        let mut export = start(WhenFull::Block);
        let producer = export.producer(&[&[0], &[1, 2]]);
        export.shared.queue.close();
        producer.join().unwrap();
        export.fetch();
        export.shared.offer(&[3]);
        export.fetch();
        let dropped = export.shared.counters.all_dropped();
        assert_eq!((export.arrived.len() + dropped, dropped >= 3), (4, true), "the last two found it full or closed");
    });
}
