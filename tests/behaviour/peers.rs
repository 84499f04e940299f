//! Shapes on which other tracing attributes fail or change the program, each with what it shall do: what it does without the attribute.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use traced::testing::{capture, capture_async};
use traced::traced;

type Counted<'a> = Pin<Box<dyn Future<Output = u32> + Send + 'a>>;

#[traced]
fn counts(count: &AtomicU32, stop: bool) -> Counted<'_> {
    count.fetch_add(1, Relaxed);
    if stop {
        return Box::pin(async { 0 });
    }
    let before = count.fetch_add(1, Relaxed);
    let count = before + 10;
    Box::pin(async move { count })
}

/// Statements before the `Box::pin`, and an early return, removed by fastrace.
#[tokio::test]
async fn no_statement_before_a_boxed_future_is_lost() {
    let count = AtomicU32::new(0);
    let (out, trace) = capture_async(async { (counts(&count, true).await, counts(&count, false).await) }).await;
    assert_eq!(out, (0, 12));
    assert_eq!(count.load(Relaxed), 3);
    assert_eq!(trace.tree(), "counts\ncounts\n");
}

thread_local!(static DROPPED: RefCell<String> = const { RefCell::new(String::new()) });

struct Drops(char);

impl Drop for Drops {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0));
    }
}

macro_rules! parameters_in_three_ways {
    ($sync:ident, $async:ident, $looked_at:ident $(, $traced:meta)?) => {
        $(#[$traced])?
        fn $sync(a: Drops, _: Drops, c: Drops, _d: Drops) {
            let _local = Drops('l');
            let _ = (&a, &c);
        }
        $(#[$traced])?
        async fn $async(a: Drops, _: Drops, c: Drops, _d: Drops) {
            let _local = Drops('l');
            std::future::ready((&a, &c)).await;
        }
        $(#[$traced])?
        fn $looked_at(a: Drops, _: Drops, c: Drops, _d: Drops) -> Result<(), ()> {
            let _local = Drops('l');
            let _ = (&a, &c);
            Err(())?;
            Ok(())
        }
    };
}

parameters_in_three_ways!(plain_sync, plain_async, plain_looked_at);
parameters_in_three_ways!(traced_sync, traced_async, traced_looked_at, traced);

/// fastrace, and tracing in part, drop the arguments of an async function in another order.
#[tokio::test]
async fn parameters_are_dropped_in_the_order_they_always_were() {
    let [a, b, c, d] = ['a', 'b', 'c', 'd'];
    let order = || DROPPED.take();
    plain_sync(Drops(a), Drops(b), Drops(c), Drops(d));
    let sync = order();
    plain_async(Drops(a), Drops(b), Drops(c), Drops(d)).await;
    let waits = order();
    assert!(plain_looked_at(Drops(a), Drops(b), Drops(c), Drops(d)).is_err());
    let looked_at = order();
    traced_sync(Drops(a), Drops(b), Drops(c), Drops(d));
    assert_eq!(order(), sync);
    traced_async(Drops(a), Drops(b), Drops(c), Drops(d)).await;
    assert_eq!(order(), waits);
    assert!(traced_looked_at(Drops(a), Drops(b), Drops(c), Drops(d)).is_err());
    assert_eq!(order(), looked_at);
}

#[traced]
fn tail_temporary() -> Result<usize, ()> {
    let cell = RefCell::new(vec![1]);
    Ok(cell.borrow().len())
}

#[traced]
async fn async_tail_temporary() -> usize {
    let cell = RefCell::new(vec![std::future::ready(1).await]);
    cell.borrow().len()
}

#[traced]
async fn early_coercion(early: bool) -> Result<Box<dyn std::fmt::Debug>, Box<dyn std::error::Error>> {
    if early {
        return Ok(Box::new(1));
    }
    std::future::ready(()).await;
    Err("late")?;
    Ok(Box::new("two"))
}

#[traced]
async fn reassigned(mut text: &str, length: &mut usize) -> usize {
    let local = String::from("local");
    text = std::future::ready(text.get(..0).map_or(text, |_| &local)).await;
    *length = text.len();
    text.len()
}

#[traced]
fn inner_attribute() -> Result<u8, ()> {
    #![allow(unused_variables)]
    let unused = 1;
    Ok(1)
}

struct Slots(Vec<Option<u8>>);

impl Slots {
    #[traced(ret = "slot")]
    fn slot(&mut self, index: usize) -> Result<&mut Option<u8>, String> {
        self.0.get_mut(index).ok_or_else(|| format!("no slot {index}"))
    }
}

#[traced]
extern "C" fn foreign(number: u8) -> u8 {
    number
}

#[traced]
fn ends() -> ! {
    panic!("it ends")
}

#[traced(args)]
fn wide(big: u64, list: &[u64], none: Option<u8>, gone: &mut Option<u8>) {
    let _ = (big, list, none, gone);
}

#[traced]
mod inside {
    pub(super) fn a_module() {
        nested::deeper();
    }
    mod nested {
        pub(super) fn deeper() {}
    }
}

#[tokio::test]
async fn what_does_not_compile_elsewhere_is_traced() {
    let ((), trace) = capture_async(async {
        assert_eq!(tail_temporary(), Ok(1));
        assert_eq!(async_tail_temporary().await, 1);
        assert!(early_coercion(true).await.is_ok());
        let mut length = 0;
        assert_eq!(reassigned("text", &mut length).await, 5);
        assert_eq!(inner_attribute(), Ok(1));
        let function: extern "C" fn(u8) -> u8 = foreign;
        assert_eq!(function(7), 7);
        *Slots(vec![Some(1)]).slot(0).expect("one slot") = None;
        wide(u64::MAX, &[1, 2], None, &mut None);
        inside::a_module();
    })
    .await;
    assert_eq!(
        trace.tree(),
        "tail_temporary\nasync_tail_temporary\nearly_coercion\nreassigned\ninner_attribute\nforeign\nslot [slot=1]\n\
         wide [big=18446744073709551615, list=[1,2]]\na_module\n  deeper\n"
    );
}

#[test]
fn a_function_that_never_returns_ends_its_span() {
    let (ended, trace) = capture(|| std::panic::catch_unwind(|| ends()).is_err());
    assert!(ended);
    assert!(trace.tree().starts_with("ends [error.type=panic] ERROR: it ends\n"), "{}", trace.tree());
}

struct Open<'a>(bool, &'a AtomicU32);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.1.fetch_add(u32::from(self.0), Relaxed);
    }
}

impl Open<'_> {
    #[traced]
    async fn close(mut self) -> Result<(), ()> {
        std::future::ready(()).await;
        self.0 = false;
        Ok(())
    }
}

#[traced]
fn closes(mut open: Open<'static>, (mut other, fail): (Open<'static>, bool)) -> Result<(), ()> {
    if fail {
        return Err(());
    }
    open.0 = false;
    other.0 = false;
    Ok(())
}

/// A body in a closure could change a copy, and leave the parameter as it was.
#[tokio::test]
async fn what_is_set_in_a_parameter_is_seen_when_it_is_dropped() {
    static LEFT_OPEN: AtomicU32 = AtomicU32::new(0);
    let open = || Open(true, &LEFT_OPEN);
    assert!(open().close().await.is_ok() && closes(open(), (open(), false)).is_ok());
    assert_eq!(LEFT_OPEN.load(Relaxed), 0);
    assert!(closes(open(), (open(), true)).is_err());
    assert_eq!(LEFT_OPEN.load(Relaxed), 2);
}
