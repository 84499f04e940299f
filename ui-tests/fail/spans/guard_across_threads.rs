//! A span is current on the thread that entered it: its guard stays there, so no `await` that may change threads can lie inside it.

fn on_any_thread<T: Send>(_: T) {}

fn main() {
    let mut span = traced::span!("work");
    on_any_thread(span.enter());
    on_any_thread(span);
}
