//! Processor time, in nanoseconds: of the calling thread, of threads by their name, of the process and of its children.
//! Unlike the wall clock it does not grow while another program has the processor.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use nix::time::{ClockId, clock_gettime};
use std::fs;

/// Of the calling thread.
pub fn thread() -> u64 {
    read(ClockId::CLOCK_THREAD_CPUTIME_ID)
}

/// Of all threads of this process.
pub fn process() -> u64 {
    read(ClockId::CLOCK_PROCESS_CPUTIME_ID)
}

fn read(clock: ClockId) -> u64 {
    clock_gettime(clock).map_or(0, |time| u64::try_from(time.num_nanoseconds()).unwrap_or(0))
}

/// Of the child processes that have ended, in user and in kernel mode.
pub fn children() -> u64 {
    getrusage(UsageWho::RUSAGE_CHILDREN).map_or(0, |usage| {
        let microseconds = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        u64::try_from(microseconds).unwrap_or(0) * 1000
    })
}

/// Of the threads whose name starts so, as the kernel's scheduler counts it.
pub fn threads_named(prefix: &str) -> u64 {
    let Ok(threads) = fs::read_dir("/proc/self/task") else { return 0 };
    let named = threads.flatten().filter(|thread| {
        let name = fs::read_to_string(thread.path().join("comm"));
        name.is_ok_and(|name| name.starts_with(prefix))
    });
    named.filter_map(|thread| first_number(&fs::read_to_string(thread.path().join("schedstat")).ok()?)).sum()
}

/// Bytes of memory that this process holds.
pub fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(first_number).unwrap_or(0) * 1024
}

fn first_number(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}
