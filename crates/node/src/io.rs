//! What goes into a node and what comes out of it. Everything that a node does is one of these values.

mod peer;
mod services;
mod settings;
mod wire;

use std::fmt;
use std::sync::Arc;

use api::settings::EnterpriseDatabaseConfig;
use api::{ApiFailure, HttpRequest, HttpResponse, SystemInfo};
use domain::{AgentId, Person, QueueId, Secret, WallMs};
use failover::administrators::CheckId;
use failover::awdb::{Host, QueryId};
use failover::cti::{Epoch, Side};
use failover::fence;
use ged188::Sketch;

use crate::ledger::{Adoption, Batch, BatchId, Standing};
use crate::work::{Done, Work};

pub use failover::awdb::{Accepted, Failure as SignInError, Seen};
pub use peer::{PeerMessage, PeerNews};
pub use services::{ServiceName, Services};
pub use settings::{ChangeId, DatabaseFault, Settings};
pub use wire::{WireId, WireNews};

/// Names an HTTP exchange between the shell and the node; chosen by the shell, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HttpId(pub u64);

/// One thing that happened.
pub enum Input {
    /// News of a CTI connection that the node asked for with [`Output::Dial`].
    Link {
        /// Which attempt; news of an old one is counted and dropped.
        epoch: Epoch,
        /// What happened.
        news: LinkNews,
    },
    /// A REST request under `/finesse/api`.
    Http {
        /// Answer with [`Output::HttpReply`].
        id: HttpId,
        /// The request.
        request: HttpRequest,
    },
    /// A BOSH request body (POST to `/http-bind/`).
    Bosh {
        /// Answer with [`Output::BoshReply`], perhaps only after `wait` seconds.
        id: HttpId,
        /// The body, at most 1 MiB.
        body: Vec<u8>,
    },
    /// The client closed the connection of a BOSH request that was not answered yet.
    BoshGone {
        /// Which.
        id: HttpId,
    },
    /// The outcome of [`Output::Check`].
    Checked {
        /// Which question.
        query: QueryId,
        /// The person, or why not.
        answer: Result<Accepted<Person>, SignInError>,
    },
    /// The outcome of [`Output::Probe`].
    Probed {
        /// Which question.
        query: QueryId,
        /// What Controller_Time says, as text, or why it could not be read.
        time: Result<String, String>,
    },
    /// The outcome of [`Output::ReadPeople`], if there is one.
    People(Box<People>),
    /// Forget who was accepted lately: one person by agent id or login name, or everybody.
    ForgetCredentials {
        /// Who.
        who: Option<String>,
        /// Who ordered it, for the audit.
        by: String,
    },
    /// The outcome of [`Output::CheckAdministrator`].
    AdministratorChecked {
        /// Which check.
        check: CheckId,
        /// Whether this is an administrator's name and his password.
        right: bool,
    },
    /// The outcome of [`Output::TryDatabase`].
    DatabaseTried {
        /// Which change.
        change: ChangeId,
        /// Whether the AWDB can be used.
        outcome: Result<(), DatabaseFault>,
    },
    /// The outcome of [`Output::Persist`].
    Persisted {
        /// Which batch.
        batch: BatchId,
        /// Whether it is on disk; if not, why.
        outcome: Result<(), String>,
    },
    /// The outcome of [`Output::Work`].
    Worked(Done),
    /// The outcome of [`Output::KeepClientLog`].
    ClientLogKept {
        /// Which request.
        http: HttpId,
        /// If it is not kept, what is answered.
        outcome: Result<(), ApiFailure>,
    },
    /// Somebody decides whose settings are right, after the two nodes' have diverged.
    AdoptSettings {
        /// Those of this one.
        winner: fence::Rank,
        /// Who decided, and the name of the log from then on.
        adoption: Adoption,
    },
    /// News of a lasting connection of a client.
    Wire {
        /// Which.
        id: WireId,
        /// What happened.
        news: WireNews,
    },
    /// News of a link to the other node.
    Peer {
        /// Which; news of an old one is counted and dropped.
        link: fence::LinkId,
        /// What happened.
        news: PeerNews,
    },
    /// Somebody stops or starts a service. What is so already is left as it is.
    Service {
        /// Which.
        name: ServiceName,
        /// Whether it shall run.
        run: bool,
        /// Who ordered it, for the audit.
        by: String,
    },
    /// These agents had a desktop here when the process ended ([`Output::Remember`]). Once, before anything else.
    Remembered(Vec<AgentId>),
}

/// As derived, but for the body: passwords come in it.
impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link { epoch, news } => {
                f.debug_struct("Link").field("epoch", epoch).field("news", news).finish()
            }
            Self::Http { id, request } => {
                f.debug_struct("Http").field("id", id).field("request", request).finish()
            }
            Self::Bosh { id, body } => {
                f.debug_struct("Bosh").field("id", id).field("bytes", &body.len()).finish()
            }
            Self::BoshGone { id } => f.debug_struct("BoshGone").field("id", id).finish(),
            Self::Checked { query, answer } => {
                f.debug_struct("Checked").field("query", query).field("answer", answer).finish()
            }
            Self::Probed { query, time } => {
                f.debug_struct("Probed").field("query", query).field("time", time).finish()
            }
            Self::People(people) => f.debug_struct("People").field("agents", &people.agents.len()).finish(),
            Self::ForgetCredentials { who, by } => {
                f.debug_struct("ForgetCredentials").field("who", who).field("by", by).finish()
            }
            Self::AdministratorChecked { check, right } => {
                f.debug_struct("AdministratorChecked").field("check", check).field("right", right).finish()
            }
            Self::DatabaseTried { change, outcome } => {
                f.debug_struct("DatabaseTried").field("change", change).field("outcome", outcome).finish()
            }
            Self::Persisted { batch, outcome } => {
                f.debug_struct("Persisted").field("batch", batch).field("outcome", outcome).finish()
            }
            Self::Worked(done) => f.debug_tuple("Worked").field(done).finish(),
            Self::ClientLogKept { http, outcome } => {
                f.debug_struct("ClientLogKept").field("http", http).field("outcome", outcome).finish()
            }
            Self::AdoptSettings { winner, adoption } => {
                f.debug_struct("AdoptSettings").field("winner", winner).field("adoption", adoption).finish()
            }
            Self::Wire { id, news } => f.debug_struct("Wire").field("id", id).field("news", news).finish(),
            Self::Peer { link, news } => {
                f.debug_struct("Peer").field("link", link).field("news", news).finish()
            }
            Self::Service { name, run, by } => {
                f.debug_struct("Service").field("name", name).field("run", run).field("by", by).finish()
            }
            Self::Remembered(agents) => f.debug_tuple("Remembered").field(agents).finish(),
        }
    }
}

/// What can happen to a CTI connection.
pub enum LinkNews {
    /// TCP is up.
    Connected,
    /// TCP could not be set up.
    Failed(String),
    /// Bytes from the server.
    Bytes(Vec<u8>),
    /// The socket is gone: end of stream or error, in words.
    Closed(String),
}

/// As derived, but for the bytes.
impl fmt::Debug for LinkNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connected => f.write_str("Connected"),
            Self::Failed(why) => f.debug_tuple("Failed").field(why).finish(),
            Self::Bytes(bytes) => f.debug_tuple("Bytes").field(&Sketch(bytes)).finish(),
            Self::Closed(why) => f.debug_tuple("Closed").field(why).finish(),
        }
    }
}

/// Everybody whom an AWDB knows, as far as a desktop server needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Agents of the peripheral.
    pub agents: Vec<Seen<Person>>,
    /// Skill groups by SkillTargetID, with their EnterpriseName.
    pub skill_groups: Vec<(QueueId, String)>,
}

/// One thing to do.
pub enum Output {
    /// Connect to that side's CTI server.
    Dial {
        /// Name of the attempt.
        epoch: Epoch,
        /// Where to.
        side: Side,
    },
    /// Write these bytes to the connection.
    Write {
        /// Which.
        epoch: Epoch,
        /// What.
        bytes: Vec<u8>,
    },
    /// Close (reset) the connection; no news of it is wanted any more.
    HangUp {
        /// Which.
        epoch: Epoch,
    },
    /// Answer a REST request.
    HttpReply {
        /// Which.
        id: HttpId,
        /// The answer.
        response: HttpResponse,
    },
    /// Answer a BOSH request.
    BoshReply {
        /// Which.
        id: HttpId,
        /// HTTP status.
        status: u16,
        /// The `<body/>` document.
        body: String,
    },
    /// Write these to a lasting connection, in order, and tell [`WireNews::Written`]. To a WebSocket each is a text
    /// message. There is never more than one on the way besides the last of a connection.
    WireWrite {
        /// Which.
        id: WireId,
        /// At least one.
        texts: Vec<String>,
    },
    /// Send a ping frame to a WebSocket.
    WirePing {
        /// Which.
        id: WireId,
    },
    /// Turn a connection into a TLS one after everything before this is written; what comes decrypted is
    /// [`WireNews::Bytes`] as before.
    WireStartTls {
        /// Which.
        id: WireId,
    },
    /// Close a connection after everything before this is written, or could not be in good time. A WebSocket is closed
    /// with a close frame.
    WireHangUp {
        /// Which; no news of it is wanted any more.
        id: WireId,
    },
    /// Tell the other node.
    PeerSend {
        /// Over which link.
        link: fence::LinkId,
        /// What.
        message: PeerMessage,
    },
    /// Close a link to the other node.
    PeerClose {
        /// Which; no news of it is wanted any more.
        link: fence::LinkId,
        /// Why, for the log.
        fault: fence::Fault,
    },
    /// Which services shall run has changed: open or close the listeners.
    Services(Services),
    /// Remember, or forget, that the agent has a desktop here, so that the next process of this node waits for it. What
    /// is not remembered is safe: that desktop is waited for by nobody after a restart.
    Remember {
        /// Whose.
        agent: AgentId,
        /// Whether it is here or waited for; if not, forget it.
        listed: bool,
    },
    /// Check a password at an AWDB (hashing and SQL run in the shell).
    Check {
        /// Answer with [`Input::Checked`].
        query: QueryId,
        /// Which AWDB.
        host: Host,
        /// Agent id or login name as typed.
        user: String,
        /// The password.
        password: Secret,
    },
    /// Read Controller_Time of an AWDB.
    Probe {
        /// Answer with [`Input::Probed`].
        query: QueryId,
        /// Which AWDB.
        host: Host,
    },
    /// Read everybody whom an AWDB knows, and tell [`Input::People`]. A failure is told by nothing: the next read comes.
    ReadPeople {
        /// Which AWDB.
        host: Host,
    },
    /// Check the password of somebody who may be an administrator (hashing runs in the shell). It must take as long for a
    /// name that nobody has.
    CheckAdministrator {
        /// Answer with [`Input::AdministratorChecked`].
        check: CheckId,
        /// The name as typed; case does not matter.
        user: String,
        /// The password.
        password: Secret,
    },
    /// Read what a desktop tells of itself ([`api::parse::client_log`], which may take a while) and keep it for people.
    KeepClientLog {
        /// Answer with [`Input::ClientLogKept`].
        http: HttpId,
        /// Whose desktop.
        agent: AgentId,
        /// With the body.
        request: HttpRequest,
    },
    /// Say whether an AWDB can be used.
    TryDatabase {
        /// Answer with [`Input::DatabaseTried`].
        change: ChangeId,
        /// Which.
        database: EnterpriseDatabaseConfig,
        /// Whether it must answer, too.
        connect: bool,
    },
    /// Write down, whole or not at all, what no crash can take back afterwards. There is never more than one on the way.
    Persist {
        /// Answer with [`Input::Persisted`].
        batch: BatchId,
        /// What.
        what: Batch,
    },
    /// Do this beside the node's thread. Answer with [`Input::Worked`].
    Work(Work),
    /// How the log of the settings stands has changed.
    Standing(Standing),
    /// Ask this AWDB from now on.
    UseDatabase(EnterpriseDatabaseConfig),
    /// A new snapshot of what SystemInfo shows; the shell answers SystemInfo from the newest one.
    Published(Arc<Status>),
    /// A line of the story for the log and the timeline: one for each transition, naming cause and next step.
    Story(Story),
}

/// As derived, but for the bytes: an agent who signs in has his password in them.
impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dial { epoch, side } => {
                f.debug_struct("Dial").field("epoch", epoch).field("side", side).finish()
            }
            Self::Write { epoch, bytes } => {
                f.debug_struct("Write").field("epoch", epoch).field("bytes", &Sketch(bytes)).finish()
            }
            Self::HangUp { epoch } => f.debug_struct("HangUp").field("epoch", epoch).finish(),
            Self::HttpReply { id, response } => {
                f.debug_struct("HttpReply").field("id", id).field("response", response).finish()
            }
            Self::BoshReply { id, status, body } => f
                .debug_struct("BoshReply")
                .field("id", id)
                .field("status", status)
                .field("body", body)
                .finish(),
            Self::WireWrite { id, texts } => {
                f.debug_struct("WireWrite").field("id", id).field("texts", texts).finish()
            }
            Self::WirePing { id } => f.debug_struct("WirePing").field("id", id).finish(),
            Self::WireStartTls { id } => f.debug_struct("WireStartTls").field("id", id).finish(),
            Self::WireHangUp { id } => f.debug_struct("WireHangUp").field("id", id).finish(),
            Self::PeerSend { link, message } => {
                f.debug_struct("PeerSend").field("link", link).field("message", message).finish()
            }
            Self::PeerClose { link, fault } => {
                f.debug_struct("PeerClose").field("link", link).field("fault", fault).finish()
            }
            Self::Services(services) => f.debug_tuple("Services").field(services).finish(),
            Self::Remember { agent, listed } => {
                f.debug_struct("Remember").field("agent", agent).field("listed", listed).finish()
            }
            Self::Check { query, host, user, password } => f
                .debug_struct("Check")
                .field("query", query)
                .field("host", host)
                .field("user", user)
                .field("password", password)
                .finish(),
            Self::Probe { query, host } => {
                f.debug_struct("Probe").field("query", query).field("host", host).finish()
            }
            Self::ReadPeople { host } => f.debug_struct("ReadPeople").field("host", host).finish(),
            Self::CheckAdministrator { check, user, password } => f
                .debug_struct("CheckAdministrator")
                .field("check", check)
                .field("user", user)
                .field("password", password)
                .finish(),
            Self::KeepClientLog { http, agent, request } => f
                .debug_struct("KeepClientLog")
                .field("http", http)
                .field("agent", agent)
                .field("request", request)
                .finish(),
            Self::TryDatabase { change, database, connect } => f
                .debug_struct("TryDatabase")
                .field("change", change)
                .field("database", database)
                .field("connect", connect)
                .finish(),
            Self::Persist { batch, what } => {
                f.debug_struct("Persist").field("batch", batch).field("what", what).finish()
            }
            Self::Work(work) => f.debug_tuple("Work").field(work).finish(),
            Self::Standing(standing) => f.debug_tuple("Standing").field(standing).finish(),
            Self::UseDatabase(database) => f.debug_tuple("UseDatabase").field(database).finish(),
            Self::Published(status) => f.debug_tuple("Published").field(status).finish(),
            Self::Story(story) => f.debug_tuple("Story").field(story).finish(),
        }
    }
}

/// What SystemInfo and health pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// SystemInfo, but for the time of the answer, which the shell fills in. `reason` is for people: why not,
    /// which server, what happens next.
    pub info: SystemInfo,
    /// The CTI side in use or being dialed.
    pub side: Side,
}

/// One entry of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Story {
    /// When.
    pub at_ms: i64,
    /// A stable word for machines, such as `cti.lost`.
    pub what: &'static str,
    /// One sentence for people: what, which server, why, what is next.
    pub says: String,
}

impl Story {
    /// An entry.
    pub fn new(at: WallMs, what: &'static str, says: impl Into<String>) -> Self {
        Self { at_ms: at.0, what, says: says.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A password goes to the CTI server in the bytes of a sign-in, and comes in the body of a BOSH request.
    #[test]
    fn bytes_are_not_shown() {
        let bytes = vec![0, 0, 0, 40, 0, 0, 0, 38, 112, 119];
        let write = Output::Write { epoch: Epoch(3), bytes: bytes.clone() };
        assert_eq!(format!("{write:?}"), "Write { epoch: Epoch(3), bytes: SET_AGENT_STATE_REQ, 10 bytes }");
        assert_eq!(format!("{:?}", LinkNews::Bytes(bytes)), "Bytes(SET_AGENT_STATE_REQ, 10 bytes)");
        let bosh = Input::Bosh { id: HttpId(1), body: b"pw".into() };
        assert_eq!(format!("{bosh:?}"), "Bosh { id: HttpId(1), bytes: 2 }");
    }
}
