//! The settings of a pair of nodes: an ordered log of changes, and the state that they make.
//!
//! Owns the log, its checksums, and who may follow whom. Knows nothing of what is set: the state is a map from a
//! [`Key`] to the JSON text of one object, and both nodes apply the very same changes to it. Never opens a file and
//! never sends: what is to be kept and said comes out as values.

mod change;
mod follower;
mod head;
mod keeper;
mod log;
mod message;
mod parcel;
mod past;
mod snapshot;
mod standing;
#[cfg(test)]
mod tests;
mod work;
mod writer;

pub use change::{Change, Key, Write};
pub use head::{Generation, Hash, Head};
pub use keeper::{Keeper, Output};
pub use log::{Batch, BatchId, Entry, Fault, Log, Objects};
pub use message::{Message, Parcel, Piece};
pub use past::Past;
pub use snapshot::Snapshot;
pub use standing::{Standing, WithPeer};
pub use work::{Done, Work};
pub use writer::Adoption;

use std::time::Duration;

/// The one object that the log itself writes: the checksum of the head that somebody's last decision was against.
pub const OVERRULED: &str = "overruled";

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

/// Changes of which only the checksum is kept after that, 32 bytes each: a node that was away for a year of 180 changes a
/// day is still known to have no more than this one.
pub const PAST_MAX: usize = 65_536;

/// Longest name of who made a change (the longest user name of a request), and longest sentence about it.
pub const WORDS_BYTES_MAX: usize = 1_024;

/// Bytes of a piece: at 100 Mbit/s one is away in 1.3 ms, so that fencing hardly waits.
pub const PIECE_BYTES_MAX: usize = 16 << 10;

/// Pieces on the way before the receiver has taken the first: with a round trip of 50 ms that is 2.5 MB a second.
pub const PIECES_AHEAD: usize = 8;

/// Bytes of changes in one parcel; a larger change has one of its own.
pub const PARCEL_ENTRIES_BYTES: usize = 1 << 20;

/// Bytes of a parcel: the whole state as JSON text inside JSON, where each quote takes two.
pub const PARCEL_BYTES_MAX: usize = 3 * STATE_BYTES_MAX;

/// When a link comes up, changes wait this long for the follower to say where it stands. That takes a round trip, and a
/// write to its disk at most; who sets something hardly notices two seconds.
const HOLD_AT_FIRST: Duration = Duration::from_secs(2);

/// After something damaged came: a fault that stays must not fill the log.
const REST_AFTER_DAMAGE: Duration = Duration::from_secs(1);

/// After something could not be written down: a full disk takes people to empty it.
const REST_UNWRITTEN: Duration = Duration::from_secs(5);
