use std::time::Duration;

/// The numbers of AWDB failover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether there is a secondary host (AWDB-1, AWDB-2).
    pub secondary: bool,
    /// How long a person is known from his last request that was accepted (AWDB-6).
    pub window: Duration,
    /// How long a host has to answer before it counts as failed.
    pub attempt: Duration,
    /// Questions about people at one host at once; the others wait, so that nobody's own haste makes a host look slow.
    /// As many again for those whom the other host has failed, so that they never wait behind those whom this one fails.
    pub places: usize,
    /// The other host is asked too if the first has not answered in this time; nothing: only when it has failed, and
    /// hosts are found lost by requests only, as documented (AWDB-9, AWDB-14).
    pub hedge: Option<Duration>,
    /// How often each host is looked at in the background.
    pub probe: Duration,
    /// A host whose Controller_Time has not moved for so long has no running distributor. The feed writes about every
    /// 15 s (awdb.md section 8); four of them.
    pub distributor_limit: Duration,
    /// A secondary whose distributor is stopped is not used (AWDB-4); otherwise it is, with a warning.
    pub require_distributor: bool,
    /// How often all people are read in the background.
    pub refresh: Duration,
    /// People known at once; beyond, the one whose time ends first makes room. Twice the agents of a full node.
    pub people_max: usize,
    /// Wrong passwords in a row that lock an account (mapping.md section 7).
    pub lock_after: u8,
    /// For how long.
    pub lock: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            secondary: false,
            window: Duration::from_secs(30 * 60),
            attempt: Duration::from_secs(5),
            places: 16,
            hedge: Some(Duration::from_millis(200)),
            probe: Duration::from_secs(10),
            distributor_limit: Duration::from_secs(60),
            require_distributor: false,
            refresh: Duration::from_secs(60),
            people_max: 20_000,
            lock_after: 5,
            lock: Duration::from_secs(5 * 60),
        }
    }
}
