//! Work that runs elsewhere and stays in its trace: tasks, blocking calls, closures for any thread.

use crate::span::thread;
#[cfg(feature = "tokio")]
use opentelemetry::context::FutureExt as _;

/// A closure that carries the current context to whichever thread calls it: `std::thread::spawn(traced::bind(f))`, rayon, a thread pool.
pub fn bind<T>(f: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let context = thread::context();
    move || {
        let _current = thread::attach(context);
        f()
    }
}

/// [`tokio::spawn`] that keeps the context: spans of the task are children of the current span.
///
/// # Panics
///
/// Outside of a tokio runtime, as `tokio::spawn` does.
#[cfg(feature = "tokio")]
#[track_caller]
pub fn spawn<F>(future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    tokio::spawn(future.with_current_context())
}

/// [`tokio::task::spawn_blocking`] that keeps the context.
///
/// # Panics
///
/// Outside of a tokio runtime, as `tokio::task::spawn_blocking` does.
#[cfg(feature = "tokio")]
#[track_caller]
pub fn spawn_blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> tokio::task::JoinHandle<T> {
    tokio::task::spawn_blocking(bind(f))
}
