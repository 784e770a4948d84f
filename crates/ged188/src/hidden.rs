//! How a password is shown: not at all.

use std::fmt::{Debug, Formatter, Result};

/// A value whose Debug tells only whether it is empty.
pub(crate) struct Hidden<'a, T>(pub(crate) &'a T);

impl<T: AsRef<[u8]> + Debug> Debug for Hidden<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.0.as_ref().is_empty() { self.0.fmt(f) } else { f.write_str("***") }
    }
}
