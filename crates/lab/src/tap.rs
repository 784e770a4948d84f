//! A look at every message that leaves for a desktop server, at the moment in which it is on its way to the socket.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Is told when, by the lab's clock, and what. Called where bytes are carried, so it must be quick and must not wait.
type Look = Box<dyn Fn(Duration, &[u8]) + Send + Sync>;

/// Where one may look.
#[derive(Clone, Default)]
pub(crate) struct Tap(Arc<OnceLock<Look>>);

impl Tap {
    /// Looks from now on; false if somebody does already.
    pub(crate) fn open(&self, look: impl Fn(Duration, &[u8]) + Send + Sync + 'static) -> bool {
        self.0.set(Box::new(look)).is_ok()
    }

    /// These bytes leave.
    pub(crate) fn pass(&self, at: Duration, bytes: &[u8]) {
        if let Some(look) = self.0.get() {
            look(at, bytes);
        }
    }
}

impl fmt::Debug for Tap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tap").field(&self.0.get().is_some()).finish()
    }
}
