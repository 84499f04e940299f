//! Messages that no broker carries: channels inside the process, and closures around a bus of one's own.

use std::collections::HashMap;
use std::io;
use std::sync::mpsc;
use traced::messaging::channel::{Envelope, Sender};
use traced::messaging::{Metadata, correlation_id, handle, publish};
use traced::testing::{Trace, capture, capture_async};
use traced::traced;

#[traced(consumer(job))]
fn on_job(job: Envelope<u32>) -> u32 {
    job.into_inner()
}

#[traced(consumer(jobs))]
fn on_jobs(jobs: &[Envelope<u32>]) -> usize {
    jobs.len()
}

#[traced]
fn submit(jobs: &Sender<mpsc::Sender<Envelope<u32>>>, job: u32) {
    jobs.send(job).expect("a worker");
}

fn lines(trace: &Trace) -> Vec<String> {
    trace.tree().lines().map(|line| line.split(" [").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_worker_on_another_thread_stays_in_the_trace() {
    let (sum, trace) = capture(|| {
        let (jobs, inbox) = mpsc::channel();
        let jobs = Sender::new("jobs", jobs);
        let worker = std::thread::spawn(move || inbox.into_iter().map(on_job).sum::<u32>());
        submit(&jobs, 20);
        submit(&jobs, 22);
        drop(jobs);
        worker.join().expect("a sum")
    });
    assert_eq!(sum, 42);
    let one = ["submit", "  process jobs CONSUMER", "    → submit"];
    assert_eq!(lines(&trace), [one, one].concat());
    let first = trace.spans("process jobs")[0];
    assert_eq!(first.attribute("messaging.system"), Some(&"in-process".into()));
}

#[tokio::test]
async fn an_actor_takes_its_mail_in_batches() {
    let (taken, trace) = capture_async(async {
        let (jobs, mut inbox) = tokio::sync::mpsc::channel(8);
        let jobs = Sender::new("jobs", jobs);
        for job in 0..3 {
            let mut span = traced::span!("submit");
            span.in_scope(|| jobs.try_send(job)).expect("room");
        }
        let mut batch = Vec::new();
        inbox.recv_many(&mut batch, 8).await;
        on_jobs(&batch)
    })
    .await;
    assert_eq!(taken, 3);
    assert_eq!(trace.span("process jobs").links().len(), 3);
}

#[tokio::test]
async fn closures_around_a_bus_are_spans_and_the_metadata_is_the_carrier() {
    let (entries, trace) = capture_async(async {
        let metadata = HashMap::from([("tenant".to_owned(), "acme".to_owned()), ("TraceParent".to_owned(), "stale".to_owned())]);
        let sent = publish(Metadata::of("in-process", "orders", metadata), |message| async move {
            assert!(message.entries["traceparent"].contains(&correlation_id().expect("a trace")));
            Ok::<_, io::Error>(message.entries)
        });
        let entries = sent.await.expect("sent");
        let handled = handle(Metadata::of("in-process", "orders", &entries), |_| async { Err::<(), _>(io::Error::other("out of stock")) });
        handled.await.expect_err("out of stock");
        entries
    })
    .await;
    assert_eq!((entries.len(), entries["tenant"].as_str()), (2, "acme"));
    let shown = ["send orders PRODUCER", "  process orders CONSUMER", "    · exception", "    → send orders"];
    assert_eq!(lines(&trace), shown);
    assert!(trace.tree().contains("ERROR: out of stock"));
    assert_eq!(correlation_id(), None);
}

#[tokio::test]
async fn metadata_is_read_whatever_the_case_of_its_keys() {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned();
    let entries = HashMap::from([("Traceparent".to_owned(), parent)]);
    let (out, _) =
        capture_async(handle(Metadata::of("in-process", "orders", entries), |_| async { Ok::<_, io::Error>(correlation_id()) })).await;
    assert_eq!(out.expect("handled").as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
}
