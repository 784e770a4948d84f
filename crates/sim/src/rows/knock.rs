//! Requests that show credentials, without any desktop, and what an AWDB host can suffer (failover.md section 2).

use std::ops::RangeInclusive;
use std::time::Duration;

use super::step::Request;

/// Longer than two hosts that are asked one after the other may be silent.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);

/// Somebody shows a password, and how he must be answered.
#[derive(Clone, Debug)]
pub struct Knock {
    /// As whom he comes.
    pub who: Credentials,
    /// What he wants; `{agent}` and `{ext}` stand for the agent's id and phone.
    pub request: Request<'static>,
    /// What he must hear.
    pub answer: Answer,
    /// How long the answer may take.
    pub took: RangeInclusive<Duration>,
    /// The body of the answer to its last byte, if that matters.
    pub body: Option<&'static str>,
}

/// Who somebody says he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The agent.
    pub agent: &'static str,
    /// What he types as his name.
    pub name: Name,
    /// What he types as his password.
    pub password: Password,
}

/// By what an agent is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// His id.
    Id,
    /// His login name, in capitals: case does not matter.
    Login,
}

/// What is typed as a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// The one that the AWDBs know.
    Right,
    /// Another one.
    Wrong,
}

/// How a request with credentials is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 200, or 202 for what is carried out later.
    Accepted,
    /// 401, and the header that says that nothing was checked is not there.
    Refused,
    /// 401 with that header (AWDB-13d).
    NotChecked,
}

impl Knock {
    /// The agent reads his own User with the right password, and is let in.
    pub const fn of(agent: &'static str) -> Self {
        Self {
            who: Credentials { agent, name: Name::Id, password: Password::Right },
            request: Request { method: "GET", path: "/finesse/api/User/{agent}", body: "" },
            answer: Answer::Accepted,
            took: Duration::ZERO..=ANSWERED_WITHIN,
            body: None,
        }
    }

    /// With a wrong password, which is refused.
    pub const fn wrong(agent: &'static str) -> Self {
        let who = Credentials { agent, name: Name::Id, password: Password::Wrong };
        Self { who, answer: Answer::Refused, ..Self::of(agent) }
    }

    /// By his login name.
    pub const fn by_login_name(self) -> Self {
        Self { who: Credentials { name: Name::Login, ..self.who }, ..self }
    }

    /// He wants something of his own User.
    pub const fn puts(self, body: &'static str) -> Self {
        Self { request: Request { method: "PUT", body, ..self.request }, ..self }
    }

    /// He must hear that nothing was checked.
    pub const fn not_checked(self) -> Self {
        Self { answer: Answer::NotChecked, ..self }
    }

    /// In so much time.
    pub const fn took(self, took: RangeInclusive<Duration>) -> Self {
        Self { took, ..self }
    }

    /// In exactly these words.
    pub const fn body(self, body: &'static str) -> Self {
        Self { body: Some(body), ..self }
    }
}

/// What is wrong with the way from the desktop server under test to an AWDB host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFault {
    /// Nothing any more; a dead host is alive again.
    Clear,
    /// The host dies: its address is closed and its connections are reset.
    Kill,
    /// Connections are reset, and new ones refused.
    Refuse,
    /// Connections are reset once.
    Reset,
    /// Connections are reset once, new ones are taken, and nothing is said on any.
    Hang,
    /// Connections are reset once, and no sign-in of the desktop server's own account is answered.
    HangLogin,
    /// Half of each result comes.
    HangResult,
    /// Each packet comes in two halves with a pause between.
    HalfPackets,
    /// Bytes get lost on the way, on connections that are up as on new ones, and nobody is told.
    Blackhole,
}

impl HostFault {
    /// All that break something, in the order of the phases of a session.
    pub const ALL: [Self; 8] = [
        Self::Kill,
        Self::Refuse,
        Self::Reset,
        Self::Blackhole,
        Self::Hang,
        Self::HangLogin,
        Self::HangResult,
        Self::HalfPackets,
    ];
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// So often.
    Exactly(u64),
    /// So often, or more often.
    AtLeast(u64),
}

impl Times {
    /// Whether a count is that.
    pub fn are(self, count: u64) -> bool {
        match self {
            Self::Exactly(times) => count == times,
            Self::AtLeast(times) => count >= times,
        }
    }
}
