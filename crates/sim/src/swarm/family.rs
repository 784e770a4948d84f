/// What belongs together and is in a walk or not: faults of one kind of part, or people of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Processes of nodes die and start again.
    Nodes,
    /// CTI servers die, hang, fall silent and take over from each other.
    CtiServers,
    /// The peripheral and the central controller go and come.
    Peripheral,
    /// Links to CTI are reset, refuse and hold what they carry.
    CtiLinks,
    /// Half of a link to CTI is lost.
    HalfOpen,
    /// Bytes from CTI are garbage, or changed on their way.
    Garbage,
    /// Answers of CTI come late, or after events.
    Slowness,
    /// CTI tells wrong things of conferences.
    WrongNews,
    /// The link between the nodes breaks, by half or whole, and takes long.
    PeerLink,
    /// Clocks jump.
    Clocks,
    /// Services of nodes are stopped and started.
    Services,
    /// AWDBs refuse, hang and take long, and their distributors stand still.
    Awdbs,
    /// Nodes die over their disks, disks are full, and settings are spoiled on their way.
    Disks,
    /// Browsers lose the network.
    Network,
    /// People close, leave, reload and carry their browsers elsewhere.
    Browsers,
    /// A dialer offers customers.
    Campaigns,
    /// Supervisors listen, join and leave.
    Supervisors,
    /// An administrator changes settings.
    Administrator,
    /// Strangers guess passwords.
    Strangers,
    /// Clients send what they must not.
    Nonsense,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Nodes,
        Self::CtiServers,
        Self::Peripheral,
        Self::CtiLinks,
        Self::HalfOpen,
        Self::Garbage,
        Self::Slowness,
        Self::WrongNews,
        Self::PeerLink,
        Self::Clocks,
        Self::Services,
        Self::Awdbs,
        Self::Disks,
        Self::Network,
        Self::Browsers,
        Self::Campaigns,
        Self::Supervisors,
        Self::Administrator,
        Self::Strangers,
        Self::Nonsense,
    ];
}
