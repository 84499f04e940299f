//! In: the primitives on real threads, for Miri and the thread sanitizer to watch. Out: what they promise.

use super::sync::WORDS;
use super::{Both, Conclude, Surround, Surroundings, Writer, buffer};
use futures_core::Stream;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll, Waker};
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

/// Tells what happens.
struct Teller(Sender<&'static str>);

impl Teller {
    fn tell(&self, what: &'static str) {
        self.0.send(what).expect("somebody listens");
    }
}

impl Surroundings for Teller {
    fn begin(&mut self) {
        self.tell("begin");
    }

    fn inside<R>(&mut self, run: impl FnOnce() -> R) -> R {
        self.tell("in");
        let result = run();
        self.tell("out");
        result
    }

    fn abandoned(&mut self) {
        self.tell("abandoned");
    }
}

impl<T> Conclude<T> for Teller {
    fn done(&mut self, out: T) -> T {
        self.tell("done");
        out
    }
}

type Boxed<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

/// `T` may be of any lifetime, and the box is of the same type as before.
fn surrounded<T>(future: Boxed<'static, T>, teller: Teller) -> Boxed<'static, T> {
    future.surround(teller)
}

fn poll<T>(future: &mut Boxed<'_, T>) -> Poll<T> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_future_in_surroundings_yields_what_it_does_without() {
    let (teller, told) = channel();
    let text = String::from("text");
    let mut lender = Some(&*text);
    let mut waited = false;
    // Borrows from this function, and is done at the second poll.
    let future: Boxed<'_, Option<&str>> =
        Box::pin(poll_fn(move |_| if std::mem::replace(&mut waited, true) { Poll::Ready(lender.take()) } else { Poll::Pending }));
    let mut future = future.surround(Teller(teller));
    assert!(poll(&mut future).is_pending());
    assert_eq!(poll(&mut future), Poll::Ready(Some("text")));
    assert!(poll(&mut future).is_pending());
    drop(future);
    assert_eq!(told.iter().collect::<Vec<_>>(), ["begin", "in", "out", "begin", "in", "out", "done"]);
}

#[test]
fn a_future_in_surroundings_is_dropped_in_them() {
    let (teller, told) = channel();
    let held = Teller(teller.clone());
    let future = surrounded::<&str>(
        Box::pin(async move {
            let held = held;
            std::future::pending::<()>().await;
            held.tell("never");
            ""
        }),
        Teller(teller),
    );
    thread::spawn(move || drop(future)).join().expect("nothing panics");
    assert_eq!(told.iter().collect::<Vec<_>>(), ["in", "out", "abandoned"]);
}

/// Yields what is left of a text, word by word.
struct Words<'a>(core::str::SplitWhitespace<'a>);

impl<'a> Stream for Words<'a> {
    type Item = &'a str;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<&'a str>> {
        Poll::Ready(self.0.next())
    }
}

#[test]
fn a_stream_in_surroundings_yields_what_it_does_without() {
    let (teller, told) = channel();
    let text = String::from("one");
    let stream: Pin<Box<dyn Stream<Item = &str> + '_>> = Box::pin(Words(text.split_whitespace()));
    let mut stream = stream.surround(Teller(teller));
    let mut next = || stream.as_mut().poll_next(&mut Context::from_waker(Waker::noop()));
    assert_eq!([next(), next(), next()], [Poll::Ready(Some("one")), Poll::Ready(None), Poll::Ready(None)]);
    drop(stream);
    assert_eq!(told.iter().collect::<Vec<_>>(), ["begin", "in", "out", "begin", "in", "out", "done"]);
}
