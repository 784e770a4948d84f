//! What can be wrong between a client and an AWDB host, beyond what can be wrong with any link: faults that know how far
//! a session has come. Plain values; no sockets here.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::fault::LinkFault;

/// A fault of the way to an AWDB host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AwdbFault {
    /// What can happen to any link; [`LinkFault::Clear`] ends the others, too.
    Link(LinkFault),
    /// What can happen to a session.
    Session(SessionFault),
}

/// A fault that knows how far a session has come. Several go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case", deny_unknown_fields)]
pub enum SessionFault {
    /// A sign-in is taken and not answered until the fault ends.
    HangLogin,
    /// The first half of a result comes, and the other half when the fault ends.
    HangResult,
    /// Every packet comes in two halves with a pause between.
    HalfPackets,
    /// So many bytes a second leave, in small pieces.
    Slow {
        /// How many.
        bytes_per_second: NonZeroU32,
    },
}

/// Which of them hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SessionFaults {
    /// [`SessionFault::HangLogin`].
    pub hang_login: bool,
    /// [`SessionFault::HangResult`].
    pub hang_result: bool,
    /// [`SessionFault::HalfPackets`].
    pub half_packets: bool,
    /// [`SessionFault::Slow`].
    pub bytes_per_second: Option<NonZeroU32>,
}

impl SessionFaults {
    /// Applies an order.
    pub(super) fn apply(&mut self, fault: &AwdbFault) {
        match fault {
            AwdbFault::Link(LinkFault::Clear) => *self = Self::default(),
            AwdbFault::Link(
                LinkFault::Refuse
                | LinkFault::Reset
                | LinkFault::Hang
                | LinkFault::Blackhole
                | LinkFault::Latency { .. }
                | LinkFault::Flap { .. }
                | LinkFault::Corrupt { .. },
            ) => {}
            AwdbFault::Session(SessionFault::HangLogin) => self.hang_login = true,
            AwdbFault::Session(SessionFault::HangResult) => self.hang_result = true,
            AwdbFault::Session(SessionFault::HalfPackets) => self.half_packets = true,
            AwdbFault::Session(SessionFault::Slow { bytes_per_second }) => {
                self.bytes_per_second = Some(*bytes_per_second);
            }
        }
    }
}

impl AwdbFault {
    /// How the timeline tells it: a stable word, what it does, and the numbers in it.
    pub(super) fn story(&self, dialer: &str) -> (&'static str, String, Vec<(&'static str, String)>) {
        let plain = |what, does: &str| (what, does.to_owned(), vec![]);
        match self {
            Self::Link(fault) => (link_word(fault), fault.does(dialer), fault.numbers()),
            Self::Session(SessionFault::HangLogin) => {
                plain("awdb-link.hang-login", "leaves sign-ins unanswered")
            }
            Self::Session(SessionFault::HangResult) => {
                plain("awdb-link.hang-result", "gives half of each result")
            }
            Self::Session(SessionFault::HalfPackets) => {
                plain("awdb-link.half-packets", "gives each packet in two halves")
            }
            Self::Session(SessionFault::Slow { bytes_per_second }) => {
                let number = bytes_per_second.to_string();
                (
                    "awdb-link.slow",
                    format!("gives {number} bytes a second"),
                    vec![("bytes_per_second", number)],
                )
            }
        }
    }
}

fn link_word(fault: &LinkFault) -> &'static str {
    match fault {
        LinkFault::Clear => "awdb-link.clear",
        LinkFault::Refuse => "awdb-link.refuse",
        LinkFault::Reset => "awdb-link.reset",
        LinkFault::Hang => "awdb-link.hang",
        LinkFault::Blackhole => "awdb-link.blackhole",
        LinkFault::Latency { .. } => "awdb-link.latency",
        LinkFault::Flap { .. } => "awdb-link.flap",
        LinkFault::Corrupt { .. } => "awdb-link.corrupt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> AwdbFault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn both_kinds_are_spoken_alike() {
        assert_eq!(read(r#"{"fault":"hang"}"#), AwdbFault::Link(LinkFault::Hang));
        assert_eq!(read(r#"{"fault":"hang-login"}"#), AwdbFault::Session(SessionFault::HangLogin));
        let bytes_per_second = NonZeroU32::new(200).unwrap();
        let slow = AwdbFault::Session(SessionFault::Slow { bytes_per_second });
        assert_eq!(read(r#"{"fault":"slow","bytes_per_second":200}"#), slow);
        assert!(serde_json::from_str::<AwdbFault>(r#"{"fault":"dance"}"#).is_err());
    }

    #[test]
    fn clear_ends_all_of_them_and_they_go_together() {
        let mut faults = SessionFaults::default();
        for json in [r#"{"fault":"hang-result"}"#, r#"{"fault":"half-packets"}"#, r#"{"fault":"refuse"}"#] {
            faults.apply(&read(json));
        }
        assert_eq!((faults.hang_login, faults.hang_result, faults.half_packets), (false, true, true));
        faults.apply(&AwdbFault::Link(LinkFault::Clear));
        assert_eq!(faults, SessionFaults::default());
    }
}
