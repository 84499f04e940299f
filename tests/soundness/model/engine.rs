//! What `engine::log` and `engine::queue` need of the engine, where a span is a number.

/// A buffer for two spans.
pub(super) mod chunk {
    use super::super::buffer::{Reader, Writer, buffer};
    use super::record::Record;

    #[derive(Debug)]
    pub(crate) struct Chunk {
        pub(crate) writing: Writing,
        pub(crate) reading: Reading,
    }

    #[derive(Debug)]
    pub(crate) struct Writing(Writer<u64, u64>);

    #[derive(Debug)]
    pub(crate) struct Reading(Reader<u64, u64>);

    impl Default for Chunk {
        fn default() -> Self {
            let (writer, reader) = buffer();
            Self { writing: Writing(writer), reading: Reading(reader) }
        }
    }

    impl Chunk {
        pub(crate) fn len(&self) -> usize {
            self.writing.0.items() - self.reading.0.items()
        }

        pub(crate) fn clear(&mut self) {
            self.writing.0.reuse(&mut self.reading.0);
        }
    }

    impl Writing {
        pub(crate) fn len(&self) -> usize {
            self.0.items()
        }

        pub(crate) fn append(&mut self, record: &mut Record) -> bool {
            let fits = self.0.has_room(3, 0);
            if fits {
                self.0.push(record.0, &[0, 0, 0], "");
            }
            fits
        }
    }

    impl Reading {
        pub(crate) fn drain(&mut self, mut each: impl FnMut(u64)) {
            while let Some((number, _, _)) = self.0.take() {
                each(number);
            }
        }
    }
}

pub(super) mod stats {
    use loom::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Default)]
    pub(crate) struct Counters {
        dropped: AtomicUsize,
    }

    impl Counters {
        pub(crate) fn dropped(&self, spans: usize) {
            self.dropped.fetch_add(spans, Ordering::Relaxed);
        }

        pub(crate) fn all_dropped(&self) -> usize {
            self.dropped.load(Ordering::Relaxed)
        }
    }
}

pub(super) mod record {
    pub(crate) struct Record(pub(crate) u64);
}

/// The settings that the queue reads.
pub(crate) mod config {
    use std::time::Duration;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum WhenFull {
        Drop,
        Block,
    }

    #[derive(Debug, Clone)]
    pub(crate) struct Batch {
        pub(crate) max_queue_size: usize,
        pub(crate) max_export_batch_size: usize,
        pub(crate) export_timeout: Duration,
        pub(crate) when_full: WhenFull,
    }
}
