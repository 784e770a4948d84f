//! Reading the body of a request within bounds: of size, of time, and of all bodies together.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use tokio::sync::OwnedSemaphorePermit;

use super::refusals::Refusal;
use crate::inbox::{Inbox, Memory};

/// The largest body where nothing else is said; the longest document of BOSH is well below half of it.
pub(crate) const BODY_MAX: u32 = node::api::BODY_BYTES_MAX;

/// A body of that size at 1 Mbit/s takes 8 s, the largest of REST at 4 Mbit/s as well.
const BODY_AT_LATEST: Duration = Duration::from_secs(10);

/// How much more is read and thrown away, so that a client that sends before it reads still sees why it is refused.
const THROW_AWAY_MAX: usize = 8 * BODY_MAX as usize;

/// Why there is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyError {
    /// More than this many bytes.
    TooLong(u32),
    /// Too many requests wait already.
    NoRoom,
    /// The connection broke or was too slow.
    Incomplete,
}

impl BodyError {
    pub(crate) fn refusal(self) -> Refusal {
        match self {
            Self::TooLong(_) => Refusal::TooLong,
            Self::NoRoom => Refusal::Busy,
            Self::Incomplete => Refusal::Incomplete,
        }
    }
}

/// The whole body of up to `most` bytes, with its share of the memory for bodies.
pub(crate) async fn read(
    inbox: &Inbox,
    of: Memory,
    most: u32,
    body: Body,
) -> Result<(Vec<u8>, OwnedSemaphorePermit), BodyError> {
    let read = tokio::time::timeout(BODY_AT_LATEST, collect(inbox, of, body, most)).await;
    read.unwrap_or(Err(BodyError::Incomplete))
}

/// Memory is taken for what has come, never for what was announced: whoever only announces holds nobody up.
async fn collect(
    inbox: &Inbox,
    of: Memory,
    mut body: Body,
    most: u32,
) -> Result<(Vec<u8>, OwnedSemaphorePermit), BodyError> {
    let reserve = |bytes: usize| {
        let bytes = u32::try_from(bytes).map_err(|_| BodyError::NoRoom)?;
        inbox.reserve_body(of, bytes).map_err(|_| BodyError::NoRoom)
    };
    let mut memory = reserve(0)?;
    let mut kept = Vec::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| BodyError::Incomplete)?.into_data() else { continue };
        seen += data.len();
        if seen <= most as usize {
            memory.merge(reserve(data.len())?);
            kept.extend_from_slice(&data);
        } else if seen > THROW_AWAY_MAX {
            break;
        }
    }
    if seen > most as usize { Err(BodyError::TooLong(most)) } else { Ok((kept, memory)) }
}
