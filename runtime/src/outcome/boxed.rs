//! A function that returns a boxed future or stream: that goes on in the function's span. What a future yields is the span's outcome.

use super::{Finish, Kind, Plain};
use crate::raw::{Conclude, Surround, Surroundings};
use crate::span::{Attributes, Span};
use core::future::Future;
use core::pin::Pin;
use futures_core::Stream;

/// A boxed future, and the kind of what it yields.
#[derive(Debug, Clone, Copy)]
pub struct Boxed<K>(pub(super) K);

/// A boxed stream: it has no outcome, only an end.
#[derive(Debug, Clone, Copy)]
pub struct BoxedStream;

macro_rules! boxed {
    ($(($($auto:ident)*))*) => {
        $(
            impl<'f, T, K: Kind<T> $(+ $auto)* + Unpin + 'static> Kind<Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>> for Boxed<K> {
                fn describe(&self, _: &Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>, _: bool, _: &mut Attributes) {}
                fn finish<S: Finish>(self, span: S, out: Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>>) -> Pin<Box<dyn Future<Output = T> $(+ $auto)* + 'f>> {
                    Inside::surround(span, out, self.0)
                }
            }

            impl<'f, T> Kind<Pin<Box<dyn Stream<Item = T> $(+ $auto)* + 'f>>> for BoxedStream {
                fn describe(&self, _: &Pin<Box<dyn Stream<Item = T> $(+ $auto)* + 'f>>, _: bool, _: &mut Attributes) {}
                fn finish<S: Finish>(self, span: S, out: Pin<Box<dyn Stream<Item = T> $(+ $auto)* + 'f>>) -> Pin<Box<dyn Stream<Item = T> $(+ $auto)* + 'f>> {
                    Inside::surround(span, out, Plain)
                }
            }
        )*
    };
}

boxed!(() (Send) (Send Sync));

/// The span of a boxed future or stream: started at its first poll, current while it is polled or dropped, ended when it is done.
#[derive(Debug)]
struct Inside<K> {
    span: Span,
    begun: bool,
    kind: K,
}

impl<K> Inside<K> {
    fn surround<B: Surround<Self>>(span: impl Finish, boxed: B, kind: K) -> B {
        match span.deferred() {
            Some(span) => boxed.surround(Self { span, begun: false, kind }),
            None => boxed,
        }
    }
}

impl<K: Unpin + 'static> Surroundings for Inside<K> {
    fn begin(&mut self) {
        if !self.begun {
            self.begun = true;
            self.span.start_deferred();
        }
    }

    fn inside<R>(&mut self, run: impl FnOnce() -> R) -> R {
        self.span.in_scope(run)
    }

    fn abandoned(&mut self) {
        if self.begun && !self.span.is_off() {
            self.span.cancelled();
        }
    }
}

impl<T, K: Kind<T> + Unpin + 'static> Conclude<T> for Inside<K> {
    fn done(&mut self, out: T) -> T {
        self.kind.finish(core::mem::replace(&mut self.span, Span::OFF), out)
    }
}
