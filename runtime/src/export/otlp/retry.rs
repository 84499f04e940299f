//! In: one attempt to send, and the time for all of them. Out: what it answered, or why it failed for good. Refuses to try again what
//! cannot get better, and what the time-out leaves no room for.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

/// So often is an attempt repeated.
const RETRIES: u32 = 3;
/// The first pause, doubled after each attempt, and what chance adds to each: processes that fail together shall not come back together.
const PAUSE: Duration = Duration::from_millis(100);
const JITTER: Duration = Duration::from_millis(100);

/// Why an attempt failed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) error: String,
    /// `None` if another attempt is in vain; else the pause that the destination asked for, zero if it did not.
    pub(super) again_after: Option<Duration>,
}

impl Failure {
    pub(super) fn last(error: impl Into<String>) -> Self {
        Self { error: error.into(), again_after: None }
    }
}

pub(super) async fn within<T, F: Future<Output = Result<T, Failure>>>(time: Duration, attempt: impl Fn() -> F) -> Result<T, String> {
    let deadline = Instant::now() + time;
    let (mut pause, mut left) = (PAUSE, RETRIES);
    loop {
        let Failure { error, again_after } = match timeout_at(deadline, attempt()).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(failure)) => failure,
            Err(_) => return Err("timed out".to_owned()),
        };
        let Some(asked) = again_after.filter(|_| left > 0) else { return Err(error) };
        pause = pause.max(asked.min(time));
        let jittered = pause + JITTER.mul_f64(fastrand::f64());
        if Instant::now() + jittered >= deadline {
            return Err(error);
        }
        sleep(jittered).await;
        pause *= 2;
        left -= 1;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// What came of it, after how many attempts, and after how much time of a clock that runs only while all wait.
    fn run(time: u64, attempt: impl Fn(u32) -> Result<u32, Failure>) -> (Result<u32, String>, u32, Duration) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let (started, attempts) = (Instant::now(), Cell::new(0));
            let result = within(Duration::from_millis(time), || {
                attempts.set(attempts.get() + 1);
                std::future::ready(attempt(attempts.get()))
            });
            (result.await, attempts.get(), started.elapsed())
        })
    }

    fn again(after: u64) -> Result<u32, Failure> {
        Err(Failure { error: "busy".to_owned(), again_after: Some(Duration::from_millis(after)) })
    }

    #[test]
    fn an_attempt_is_repeated_after_pauses_that_double() {
        let (result, attempts, took) = run(10_000, |attempt| if attempt < 3 { again(0) } else { Ok(attempt) });
        assert_eq!((result, attempts), (Ok(3), 3));
        assert!((300..=502).contains(&took.as_millis()), "{took:?}");
        let (result, attempts, took) = run(10_000, |_| again(0));
        assert_eq!((result, attempts), (Err("busy".to_owned()), 4));
        assert!((700..=1003).contains(&took.as_millis()), "{took:?}");
    }

    #[test]
    fn what_is_in_vain_is_not_repeated() {
        let refused = |_| Err(Failure::last("unauthorized"));
        assert_eq!(run(10_000, refused), (Err("unauthorized".to_owned()), 1, Duration::ZERO));
    }

    #[test]
    fn a_pause_asked_for_is_kept_unless_the_time_is_over_before() {
        let (result, attempts, took) = run(10_000, |attempt| if attempt < 2 { again(3000) } else { Ok(attempt) });
        assert_eq!((result, attempts), (Ok(2), 2));
        assert!((3000..=3101).contains(&took.as_millis()), "{took:?}");
        for too_long in [2000, u64::MAX] {
            assert_eq!(run(2000, |_| again(too_long)), (Err("busy".to_owned()), 1, Duration::ZERO));
        }
    }

    #[test]
    fn an_attempt_that_never_ends_ends_with_the_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let never = within(Duration::from_secs(5), std::future::pending::<Result<(), Failure>>);
        assert_eq!(runtime.block_on(never), Err("timed out".to_owned()));
    }
}
