//! Why a BOSH session ends from our side (XEP-0124 section 17, notifications.md section 4.5).

/// A terminal binding condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Condition {
    /// The request makes no sense.
    #[error("bad-request")]
    BadRequest,
    /// No such session, or the request id is outside the window.
    #[error("item-not-found")]
    ItemNotFound,
    /// Too many requests at once, or too large ones.
    #[error("policy-violation")]
    PolicyViolation,
    /// The stream inside ended with an error of its own.
    #[error("remote-stream-error")]
    RemoteStreamError,
    /// Planned stop.
    #[error("system-shutdown")]
    SystemShutdown,
}

impl Condition {
    /// The HTTP status for it. Clients before version 1.6 understand nothing else; later ones take any status but 200
    /// for a network error and try in vain (notifications.md section 4.5).
    pub(crate) fn status(self, legacy: bool) -> u16 {
        match (legacy, self) {
            (true, Self::BadRequest) => 400,
            (true, Self::PolicyViolation) => 403,
            (true, Self::ItemNotFound) => 404,
            (true, Self::RemoteStreamError | Self::SystemShutdown) | (false, _) => 200,
        }
    }
}
