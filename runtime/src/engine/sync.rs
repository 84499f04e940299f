//! What the threads' logs are shared by. The model of them in `tests/soundness` has other ones in this place, which run every order.

pub(super) use core::sync::atomic::{AtomicU64, Ordering};
pub(super) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
