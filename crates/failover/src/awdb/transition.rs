use std::fmt;

use super::Host;

/// One change of the pair, told so that it makes one line of a log: what, which host, why, what is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transition {
    /// A host failed.
    Lost {
        /// Which.
        host: Host,
        /// Its words, or that it was silent.
        why: String,
        /// Who is asked instead.
        next: Option<Host>,
    },
    /// A host that had failed answers again.
    Back {
        /// Which.
        host: Host,
    },
    /// Requests go to another host than before.
    Using {
        /// Which.
        host: Host,
        /// Its distributor is stopped: new people and passwords do not arrive there.
        stale: bool,
    },
    /// No host answers.
    AllLost,
    /// The data of a host grow old.
    DistributorStopped {
        /// Which.
        host: Host,
    },
    /// They are kept up again.
    DistributorRuns {
        /// Which.
        host: Host,
    },
    /// Too many wrong passwords.
    Locked {
        /// Agent id or login name.
        account: String,
    },
}

impl Transition {
    /// A stable word for machines.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Lost { .. } => "awdb.lost",
            Self::Back { .. } => "awdb.back",
            Self::Using { .. } => "awdb.using",
            Self::AllLost => "awdb.unreachable",
            Self::DistributorStopped { .. } => "awdb.distributor_stopped",
            Self::DistributorRuns { .. } => "awdb.distributor_runs",
            Self::Locked { .. } => "awdb.locked",
        }
    }
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { host, why, next: Some(next) } => {
                write!(f, "{host} AWDB lost: {why}; next: requests that need a check go to the {next}")
            }
            Self::Lost { host, why, next: None } => {
                write!(f, "{host} AWDB lost: {why}; next: requests that need a check try it again, there is no other")
            }
            Self::Back { host } => write!(f, "{host} AWDB answers again"),
            Self::Using { host, stale: false } => write!(f, "sign-ins are checked at the {host} AWDB now"),
            Self::Using { host, stale: true } => write!(
                f,
                "sign-ins are checked at the {host} AWDB now, whose distributor is stopped: its data are old"
            ),
            Self::AllLost => f.write_str(
                "no AWDB answers; next: people who were accepted lately are served, each further request tries again",
            ),
            Self::DistributorStopped { host } => {
                write!(f, "{host} AWDB: the distributor is stopped, new people and passwords do not arrive")
            }
            Self::DistributorRuns { host } => write!(f, "{host} AWDB: the distributor runs again"),
            Self::Locked { account } => write!(f, "account {account} is locked after too many wrong passwords"),
        }
    }
}
