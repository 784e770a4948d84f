//! The settings of a pair of nodes: an ordered log of changes, and the state that they make.
//!
//! Owns the log, its checksums, and who may follow whom. Knows nothing of what is set: the state is a map from a
//! [`Key`] to the JSON text of one object, and both nodes apply the very same changes to it. Never opens a file and
//! never sends: what is to be kept and said comes out as values.

mod change;
mod head;
mod keeper;
mod log;
#[cfg(test)]
mod tests;

pub use change::{Change, Key, Write};
pub use head::{Generation, Hash, Head};
pub use keeper::Keeper;
pub use log::{Batch, BatchId, Entry, Fault, Log, Objects};

/// Longest key. The longest of ours has two numbers of ten digits and two words.
pub const KEY_BYTES_MAX: usize = 64;

/// Longest value: the longest body of a request, whatever is escaped in it.
pub const VALUE_BYTES_MAX: usize = 2 << 20;

/// Writes of one change: a phone book of 10,000 contacts takes the place of another one, three times over.
pub const WRITES_MAX: usize = 65_536;

/// Bytes of one change, keys and values together: 10,000 contacts of the longest form have some 6 MiB.
pub const CHANGE_BYTES_MAX: usize = 16 << 20;

/// Bytes of the whole state: 50,000 contacts, 2,200 reason codes and hundreds of layouts have less than half of it.
pub const STATE_BYTES_MAX: usize = 64 << 20;

/// Entries that are kept after they have been applied: a node that was away for a day of changes reads on where it was.
pub const ENTRIES_MAX: usize = 4_096;

/// Bytes of these entries; the newest one is kept however long it is.
pub const ENTRIES_BYTES_MAX: usize = 8 << 20;

/// Longest name of who made a change (the longest user name of a request), and longest sentence about it.
pub const WORDS_BYTES_MAX: usize = 1_024;
