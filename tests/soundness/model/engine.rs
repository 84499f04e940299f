//! What `engine::log` needs of the engine, where a span is a number.

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

pub(super) mod queue {
    use super::chunk::Chunk;

    pub(crate) struct Queue;

    #[allow(clippy::unused_self)] // as the engine's
    impl Queue {
        pub(crate) fn chunk_spans(&self) -> usize {
            2
        }

        pub(crate) fn spare(&self) -> Chunk {
            Chunk::default()
        }
    }
}

pub(super) mod record {
    pub(crate) struct Record(pub(crate) u64);
}
