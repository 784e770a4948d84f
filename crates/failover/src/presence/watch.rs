use std::fmt;

/// Whether timers run: only while the node is in service (DESK-7b) and sees presence.
///
/// ```text
/// Neither ◀──────▶ NoCti ◀──CTI──▶ Watching
///    ▲     presence                   ▲
///    └──CTI──▶ NoPresence ◀─presence──┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Watch {
    /// In service and seeing presence: timers run.
    Watching,
    /// Out of service: timers are held.
    NoCti,
    /// The notification service is stopped: timers are held.
    NoPresence,
    /// Both, as at the start.
    Neither,
}

impl Watch {
    pub(super) fn new(cti: bool, presence: bool) -> Self {
        match (cti, presence) {
            (true, true) => Self::Watching,
            (false, true) => Self::NoCti,
            (true, false) => Self::NoPresence,
            (false, false) => Self::Neither,
        }
    }

    pub(super) fn cti(self) -> bool {
        matches!(self, Self::Watching | Self::NoPresence)
    }

    pub(super) fn presence(self) -> bool {
        matches!(self, Self::Watching | Self::NoCti)
    }
}

/// Timers run or are held from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchChange {
    /// Before.
    pub from: Watch,
    /// After; the same if the node itself stood still.
    pub to: Watch,
    /// How many desktops it concerns: those that are waited for.
    pub desktops: usize,
}

impl WatchChange {
    /// A stable word for machines.
    pub fn what(&self) -> &'static str {
        match self.to {
            Watch::Watching => "presence.watching",
            Watch::NoCti | Watch::NoPresence | Watch::Neither => "presence.blind",
        }
    }
}

impl fmt::Display for WatchChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match (self.from, self.to) {
            (Watch::Watching, Watch::Watching) => "the node stood still",
            (_, Watch::Watching) => "in service and presence is seen",
            (_, Watch::NoCti) => "the node is out of service",
            (_, Watch::NoPresence) => "the notification service is stopped",
            (_, Watch::Neither) => "out of service, and the notification service is stopped",
        };
        let next = match self.to {
            Watch::Watching => "time to come back before the grace of each begins",
            Watch::NoCti | Watch::NoPresence | Watch::Neither => "no timer of a desktop runs",
        };
        write!(f, "presence: {why}; {} desktops waited for; next: {next}", self.desktops)
    }
}
