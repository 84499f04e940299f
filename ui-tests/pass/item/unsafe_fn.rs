//! What is unsafe to call stays so, in every order of the words before `fn`, and stays a function of its calling convention.

#![deny(warnings)]

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use traced::traced;

struct Memory(u8);

#[traced]
unsafe fn plain(at: *const u8) -> u8 {
    unsafe { *at }
}

#[traced]
pub(crate) unsafe extern "C" fn foreign(at: *const u8) -> u8 {
    unsafe { *at }
}

#[traced]
async unsafe fn waits(at: *const u8) -> u8 {
    std::future::ready(unsafe { *at }).await
}

#[traced]
impl Memory {
    unsafe fn read(&self) -> u8 {
        unsafe { *&raw const self.0 }
    }
}

fn main() {
    let memory = Memory(7);
    let at = &raw const memory.0;
    // `unused_unsafe` would be an error where a word was lost.
    assert_eq!(unsafe { plain(at) }, 7);
    assert_eq!(unsafe { foreign(at) }, 7);
    assert_eq!(unsafe { memory.read() }, 7);
    let waits = pin!(unsafe { waits(at) });
    assert_eq!(waits.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(7));
    let _: unsafe extern "C" fn(*const u8) -> u8 = foreign;
}
