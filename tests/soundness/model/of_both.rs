//! A value with two holds, one of which is lent to another thread.

use super::both::{Both, Hold};
use loom::sync::{Arc, Mutex};
use loom::thread;

/// Lends the second hold to another thread, and runs both sides in every order.
fn lent(there: impl Fn(Hold<Arc<u64>>) + Copy + Send + Sync + 'static, here: impl Fn(Both<Arc<u64>>) + Sync + Send + 'static) {
    loom::model(move || {
        let mut both = Both::new(Arc::new(7));
        let hold = both.lend().unwrap();
        let elsewhere = thread::spawn(move || there(hold));
        here(both);
        elsewhere.join().unwrap();
    });
}

#[test]
fn the_last_hold_drops_the_value_whichever_it_is() {
    lent(drop, drop);
}

#[test]
fn both_sides_read_and_neither_changes() {
    lent(
        |hold| assert_eq!(**hold, 7),
        |mut both| {
            assert_eq!(***both.first(), 7);
            assert!(both.get_mut().is_none() && both.lend().is_none());
        },
    );
}

#[test]
fn what_comes_back_can_be_changed_and_not_before() {
    loom::model(|| {
        let mut both = Both::new(0);
        let hold = both.lend().unwrap();
        let slot = Arc::new(Mutex::new(None));
        let back = Arc::clone(&slot);
        let reading = thread::spawn(move || {
            assert_eq!(*hold, 0);
            *back.lock().unwrap() = Some(hold);
        });
        let come = slot.lock().unwrap().take();
        match come {
            Some(hold) => {
                both.take_back(hold);
                *both.get_mut().unwrap() = 1;
            }
            None => assert!(both.get_mut().is_none() && **both.first() == 0),
        }
        reading.join().unwrap();
    });
}

#[test]
fn the_hold_of_another_value_changes_nothing() {
    lent(
        |hold| assert_eq!(**hold, 7),
        |mut both| {
            let other = Both::new(Arc::new(8)).lend().unwrap();
            both.take_back(other);
            assert!(both.get_mut().is_none());
        },
    );
}
