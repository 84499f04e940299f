//! A function whose body is assembly.

use traced::traced;

#[traced]
#[unsafe(naked)]
extern "C" fn work() {
    core::arch::naked_asm!("ret")
}

fn main() {}
