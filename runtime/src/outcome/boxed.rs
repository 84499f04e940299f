//! A function that returns a boxed future: the future goes on in the function's span, and its outcome is the span's.

use super::{Finish, Kind};
use crate::raw::{Surround, Surroundings};
use crate::span::{Attributes, Span};
use core::future::Future;
use core::pin::Pin;

/// A boxed future, and the kind of what it yields.
#[derive(Debug, Clone, Copy)]
pub struct Boxed<K>(pub(super) K);

macro_rules! boxed {
    ($(($($auto:ident)*))*) => {
        $(impl<'f, T, K: Kind<T> $(+ $auto)* + Unpin + 'static> Kind<Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>> for Boxed<K> {
            fn describe(&self, _: &Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>, _: bool, _: &mut Attributes) {}
            fn finish<S: Finish>(self, span: S, out: Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>) -> Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>> {
                match span.deferred() {
                    Some(span) => out.surround(Inside { span, begun: false, kind: self.0 }),
                    None => out,
                }
            }
        })*
    };
}

boxed!(() (Send) (Send Sync));

/// The span of a boxed future: started at its first poll, current while it is polled or dropped, ended when it is done.
#[derive(Debug)]
struct Inside<K> {
    span: Span,
    begun: bool,
    kind: K,
}

impl<T, K: Kind<T> + Unpin + 'static> Surroundings<T> for Inside<K> {
    fn begin(&mut self) {
        if !self.begun {
            self.begun = true;
            self.span.start_deferred();
        }
    }

    fn inside<R>(&mut self, run: impl FnOnce() -> R) -> R {
        self.span.in_scope(run)
    }

    fn done(&mut self, out: T) -> T {
        self.kind.finish(core::mem::replace(&mut self.span, Span::OFF), out)
    }

    fn abandoned(&mut self) {
        if self.begun && !self.span.is_off() {
            self.span.cancelled();
        }
    }
}
