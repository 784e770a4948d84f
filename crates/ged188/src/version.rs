//! Protocol versions and what differs between them.

use std::fmt;

/// A protocol version that this crate speaks, 13 to 24.
///
/// Three layout switches cover them all (ged188.md section 3): wide floating headers from 20, `DepartmentID`
/// from 19, `AgentSkillTargetID` of AGENT_PRE_CALL_EVENT from 20 and `SessionType` from 24. Everything else is
/// optional floating data that is simply not sent to a session older than the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// The oldest version spoken.
    pub const MIN: Self = Self(13);
    /// The version of release 10, the main target.
    pub const V17: Self = Self(17);
    /// The first version with call types of campaigns.
    pub const V19: Self = Self(19);
    /// The version of releases 11.5 to 12.0, the second target and the first with wide floating headers.
    pub const V20: Self = Self(20);
    /// The newest version spoken.
    pub const MAX: Self = Self(24);

    /// The version with this number, if it is spoken here.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        let number = u8::try_from(number).ok()?;
        (Self::MIN.0..=Self::MAX.0).contains(&number).then_some(Self(number))
    }

    /// The number as OPEN_REQ carries it.
    #[must_use]
    pub fn number(self) -> u32 {
        u32::from(self.0)
    }

    /// The next lower version, none below 13.
    #[must_use]
    pub fn lower(self) -> Option<Self> {
        Self::new(self.number() - 1)
    }

    /// Every version, oldest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (Self::MIN.0..=Self::MAX.0).map(Self)
    }

    /// Whether something that exists since version `since` may be sent.
    #[must_use]
    pub fn has(self, since: u8) -> bool {
        self.0 >= since
    }

    /// Bytes of a whole message, header included, that may be sent: 4096, at version 24 12500
    /// (ged188.md section 2.1).
    #[must_use]
    pub fn message_bytes_max(self) -> usize {
        if self.has(24) { 12_500 } else { 4096 }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether floating fields of a session with this version number have two-byte tags and lengths. The number is
/// raw because OPEN_REQ is framed by whatever version it names.
pub(crate) fn is_wide(version_number: u32) -> bool {
    version_number >= 20
}
