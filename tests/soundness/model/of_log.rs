//! A thread writes spans to its log and ends, while the export thread sweeps: every span arrives once, in the queue or in a sweep.

use super::chunk::Chunk;
use super::config::WhenFull;
use super::log::Logs;
use super::of_queue::queue;
use super::record::Record;
use super::sync::{Arc, Mutex};
use loom::thread;

const SPANS: u64 = 3;

/// Writes all spans and ends, as a thread does; full chunks go to `offered`.
fn write(logs: &Logs, offered: &Mutex<Vec<Chunk>>) {
    let queue = queue(WhenFull::Drop);
    let mut writer = logs.open(&queue);
    for number in 0..SPANS {
        writer.started();
        if let Some(full) = writer.push(&mut Record(number), &queue) {
            offered.lock().unwrap().push(full);
        }
    }
    if let Some(rest) = writer.close(logs) {
        offered.lock().unwrap().push(rest);
    }
}

#[test]
fn every_span_arrives_once_and_every_start_is_counted() {
    loom::model(|| {
        let shared = Arc::new((Logs::default(), Mutex::new(Vec::new())));
        let writing = thread::spawn({
            let shared = Arc::clone(&shared);
            move || write(&shared.0, &shared.1)
        });
        let (logs, offered) = &*shared;
        let mut arrived = Vec::new();
        logs.sweep(|spans| spans.drain(|number| arrived.push(number)));
        let started = logs.started();
        assert!((arrived.len() as u64..=SPANS).contains(&started), "what was seen has started, and nothing starts twice: {started}");
        writing.join().unwrap();
        logs.sweep(|_| panic!("the thread has ended"));
        for mut chunk in offered.lock().unwrap().drain(..) {
            chunk.reading.drain(|number| arrived.push(number));
        }
        arrived.sort_unstable();
        assert_eq!((arrived, logs.started()), ((0..SPANS).collect(), SPANS));
    });
}
