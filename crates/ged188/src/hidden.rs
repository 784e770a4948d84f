//! How a password is shown: not at all. Nor are the bytes of a message, since a password may be among them.

use std::fmt::{Debug, Formatter, Result};

/// A value whose Debug tells only whether it is empty.
pub(crate) struct Hidden<'a, T>(pub(crate) &'a T);

impl<T: AsRef<[u8]> + Debug> Debug for Hidden<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.0.as_ref().is_empty() { self.0.fmt(f) } else { f.write_str("***") }
    }
}

/// Bytes of a connection whose Debug tells how many they are, and of which type the message is that they begin with.
#[derive(Clone, Copy)]
pub struct Sketch<'a>(pub &'a [u8]);

impl Debug for Sketch<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let &[0, 0, _, _, k0, k1, k2, k3, ..] = self.0
            && let Some(name) = crate::kind_name(u32::from_be_bytes([k0, k1, k2, k3]))
        {
            write!(f, "{name}, ")?;
        }
        write!(f, "{} bytes", self.0.len())
    }
}
