//! What the threads' logs and the queue are shared by. The models of them in `tests/soundness` have other ones in this place, which run
//! every order.

pub(super) use core::sync::atomic::{AtomicU64, Ordering};
pub(super) use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
pub(super) use tokio::sync::Notify;
