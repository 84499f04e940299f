//! One thread writes, another reads. Heads are counted by loom, which also fails a model that leaks one or drops it twice.

use super::buffer::{Reader, Writer, buffer};
use loom::sync::{Arc, Mutex};
use loom::thread;

type Head = Arc<u64>;

fn push(writer: &mut Writer<Head, u64>, number: u64) -> bool {
    let fits = writer.has_room(1, 4);
    if fits {
        writer.push(Arc::new(number), &[number + 10], "text");
    }
    fits
}

fn take(reader: &mut Reader<Head, u64>) -> Option<u64> {
    let (head, parts, text) = reader.take()?;
    assert_eq!((parts, text), (&[*head + 10][..], "text"));
    Some(*head)
}

/// Takes out what is there by now: the next numbers, in order.
fn drain(reader: &mut Reader<Head, u64>, next: &mut u64) {
    while let Some(number) = take(reader) {
        assert_eq!(number, *next);
        *next += 1;
    }
}

#[test]
fn what_is_written_arrives_whole_and_in_order() {
    loom::model(|| {
        let (mut writer, mut reader) = buffer();
        let writing = thread::spawn(move || {
            assert!(push(&mut writer, 0) && push(&mut writer, 1) && !push(&mut writer, 2));
        });
        let mut next = 0;
        drain(&mut reader, &mut next);
        drain(&mut reader, &mut next);
        writing.join().unwrap();
        drain(&mut reader, &mut next);
        assert_eq!((next, reader.items()), (2, 2));
    });
}

#[test]
fn a_reader_drops_the_heads_it_did_not_take_when_the_writer_has_gone() {
    loom::model(|| {
        let (mut writer, mut reader) = buffer();
        let writing = thread::spawn(move || {
            push(&mut writer, 0);
            push(&mut writer, 1);
        });
        let first = take(&mut reader);
        assert!(first.is_none_or(|number| number == 0));
        writing.join().unwrap();
        drop(reader);
    });
}

#[test]
fn a_writer_goes_on_when_the_reader_has_gone() {
    loom::model(|| {
        let (mut writer, mut reader) = buffer::<u64, u64>();
        let reading = thread::spawn(move || reader.take().map(|(head, parts, _)| (head, parts[0])));
        for number in 0..2 {
            writer.push(number, &[number], "text");
        }
        drop(writer);
        assert!(matches!(reading.join().unwrap(), None | Some((0, 0))));
    });
}

/// As a thread's log does it: what is full is swapped for an empty buffer under a lock, through which another thread reads meanwhile.
#[test]
fn a_full_buffer_is_swapped_and_used_again_while_another_thread_sweeps() {
    loom::model(|| {
        let (mut writer, reader) = buffer();
        let shared = Arc::new(Mutex::new((reader, 0)));
        let sweeper = Arc::clone(&shared);
        let sweeping = thread::spawn(move || {
            let (reader, next) = &mut *sweeper.lock().unwrap();
            drain(reader, next);
        });
        let (mut spare_writer, mut spare_reader) = buffer();
        for number in 0..5 {
            if !push(&mut writer, number) {
                let (reader, next) = &mut *shared.lock().unwrap();
                core::mem::swap(&mut writer, &mut spare_writer);
                core::mem::swap(reader, &mut spare_reader);
                drain(&mut spare_reader, next);
                spare_writer.reuse(&mut spare_reader);
                assert!(push(&mut writer, number));
            }
        }
        sweeping.join().unwrap();
        let (reader, next) = &mut *shared.lock().unwrap();
        drain(reader, next);
        assert_eq!(*next, 5);
    });
}
