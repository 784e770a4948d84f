//! How the settings stand, and the order that settles whose are right.

use node::domain::WallMs;
use node::failover::fence::Rank;
use node::ledger::{Standing, WithPeer};

use super::{SettingsStanding, Side};

/// In the form for people and programs.
pub(super) fn shown(standing: &Standing, rank: Rank, file_ignored: bool, now: WallMs) -> SettingsStanding {
    let seq = standing.head.map_or(0, |head| head.seq);
    let peer_seq = standing.peer.map_or(0, |head| head.seq);
    let heard = standing.peer.is_some();
    let gives = heard && rank == Rank::Primary && standing.with_peer != WithPeer::Diverged;
    let waits = standing.behind_since.filter(|_| gives).map_or(0, |since| now.0.saturating_sub(since.0));
    SettingsStanding {
        role: side(rank),
        with_peer: standing.with_peer,
        generation: standing.head.map(|head| head.generation.to_string()),
        seq,
        peer_seq,
        lag_entries: if gives { seq.saturating_sub(peer_seq) } else { 0 },
        lag_seconds: u64::try_from(waits).unwrap_or(0) / 1000,
        thrown_away: standing.thrown_away,
        unwritten: standing.unwritten,
        file_ignored,
        checksum: standing.head.map(|head| head.hash.to_string()).unwrap_or_default(),
    }
}

fn side(rank: Rank) -> Side {
    match rank {
        Rank::Primary => Side::Primary,
        Rank::Secondary => Side::Secondary,
    }
}

/// The other way round.
pub(super) fn rank(side: Side) -> Rank {
    match side {
        Side::Primary => Rank::Primary,
        Side::Secondary => Rank::Secondary,
    }
}
