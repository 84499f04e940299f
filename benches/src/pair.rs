//! Two threads that run the same traces at the same time, and live as long as the measurement: what a thread needs once is not counted.

use crate::clock;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Both threads.
#[derive(Debug)]
pub struct Pair([Member; 2]);

#[derive(Debug)]
struct Member {
    jobs: Sender<u64>,
    done: Receiver<u64>,
}

impl Pair {
    /// Starts the threads.
    pub fn new(trace: fn()) -> Self {
        Self([Member::start(trace), Member::start(trace)])
    }

    /// Runs so many traces on each; the processor time that both needed.
    ///
    /// # Panics
    ///
    /// If a trace has panicked.
    pub fn run(&self, traces: u64) -> u64 {
        for member in &self.0 {
            member.jobs.send(traces).expect("the thread waits for it");
        }
        self.0.iter().map(|member| member.done.recv().expect("the thread does not panic")).sum()
    }
}

impl Member {
    fn start(trace: fn()) -> Self {
        let (jobs, inbox) = channel();
        let (answers, done) = channel();
        thread::spawn(move || {
            for traces in inbox {
                let before = clock::thread();
                for _ in 0..traces {
                    trace();
                }
                if answers.send(clock::thread() - before).is_err() {
                    return;
                }
            }
        });
        Self { jobs, done }
    }
}
