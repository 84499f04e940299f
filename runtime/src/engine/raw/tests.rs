//! In: both primitives on real threads, for Miri and the thread sanitizer to watch. Out: what they promise.

use super::sync::WORDS;
use super::{Both, Writer, buffer};
use std::thread;

#[test]
fn items_come_out_as_they_went_in() {
    let (mut writer, mut reader) = buffer::<Box<str>, (u64, u8)>();
    writer.push("one".into(), &[(1, 2), (3, 4)], "text");
    writer.push("two".into(), &[], "");
    assert_eq!(reader.take(), Some(("one".into(), &[(1, 2), (3, 4)][..], "text")));
    assert_eq!(reader.take(), Some(("two".into(), &[][..], "")));
    assert_eq!(reader.take(), None);
}

#[test]
fn a_buffer_is_used_again() {
    let (mut writer, mut reader) = buffer::<Box<str>, u64>();
    for round in 0..3 {
        let mut written = 0;
        while writer.has_room(1, 3) {
            writer.push("head".into(), &[round], "abc");
            written += 1;
        }
        assert!(written > 100, "{written} items in 8 KiB");
        assert_eq!(reader.take(), Some(("head".into(), &[round][..], "abc")));
        assert_eq!((writer.items(), reader.items()), (written, 1));
        writer.reuse(&mut reader);
        assert_eq!((writer.items(), reader.items()), (0, 0));
    }
}

#[test]
fn another_buffers_reader_is_left_alone() {
    let (mut writer, _) = buffer::<u64, u64>();
    let (mut other, mut reader) = buffer::<u64, u64>();
    other.push(7, &[], "");
    writer.reuse(&mut reader);
    assert_eq!(reader.take(), Some((7, &[][..], "")));
}

#[test]
fn an_item_that_fits_exactly() {
    let (mut writer, mut reader) = buffer::<u64, u64>();
    let text = "x".repeat(8 * (WORDS - 3));
    assert!(!Writer::<u64, u64>::could_hold(1, text.len() + 1));
    writer.push(1, &[2], &text);
    assert!(!writer.has_room(0, 0));
    assert_eq!(reader.take(), Some((1, &[2][..], &*text)));
}

#[test]
fn one_thread_writes_and_another_reads() {
    let (mut writer, mut reader) = buffer::<Box<u64>, u64>();
    let writing = thread::spawn(move || {
        for n in 0..100 {
            writer.push(Box::new(n), &[n, n + 1], "text");
        }
    });
    let mut next = 0;
    while next < 100 {
        if let Some((head, parts, text)) = reader.take() {
            assert_eq!((*head, parts, text), (next, &[next, next + 1][..], "text"));
            next += 1;
        } else {
            thread::yield_now();
        }
    }
    writing.join().expect("nothing panics");
}

#[test]
fn what_is_lent_cannot_be_changed_until_it_is_back() {
    let mut both = Both::new(String::from("one"));
    both.get_mut().expect("both are here").push('!');
    let lent = both.lend().expect("not lent before");
    assert!(both.get_mut().is_none() && both.lend().is_none());
    assert_eq!(&**both.first(), "one!");
    let other = Both::new(String::new()).lend().expect("not lent before");
    both.take_back(other);
    assert!(both.get_mut().is_none());
    let lent = thread::spawn(move || (lent.len(), lent).1).join().expect("nothing panics");
    both.take_back(lent);
    assert_eq!(both.get_mut().map(|text| text.as_str()), Some("one!"));
}
