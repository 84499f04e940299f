//! In: an exporter of the user's. Out: the same, owned by the engine. Refuses to be installed twice.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use opentelemetry_sdk::trace::SpanExporter;

use super::{Opener, Sink};
use crate::error::InitError;

/// A slot that the first opener empties: an exporter need not be `Clone`, `Exporter` is.
#[derive(Clone)]
pub(crate) struct Custom {
    name: &'static str,
    slot: Arc<Mutex<Option<Box<dyn Sink>>>>,
}

impl Custom {
    pub(crate) fn new<E: SpanExporter + 'static>(exporter: E) -> Self {
        Self { name: std::any::type_name::<E>(), slot: Arc::new(Mutex::new(Some(Box::new(exporter)))) }
    }

    pub(crate) fn opener(self) -> Opener {
        Opener::new(self.name, move || {
            let taken = self.slot.lock().unwrap_or_else(PoisonError::into_inner).take();
            taken.ok_or_else(|| InitError::open(self.name, "it was already given to another `install`; make a new exporter"))
        })
    }
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Custom").field(&self.name).finish()
    }
}
