use std::time::Duration;

pub use node::ServiceName;
use node::failover::awdb::Host;
use node::failover::client::{BannerKind, Reason};
use node::failover::cti::Side;
use switch::{OnClientLoss, WrongNews};

use super::knock::{HostFault, Knock, Times};
use crate::world::Leave;

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id in failover.md.
    pub id: &'static str,
    /// What passing it means, in a few words.
    pub says: &'static str,
    /// How many desktop servers run: with two, the second follows the first when that one is killed.
    pub nodes: usize,
    /// By what the times of failover.md are divided in its settings and steps; `None` if none of them is.
    pub scale: Option<u32>,
    /// Settings of the desktop servers that differ from the defaults.
    pub settings: Vec<Setting>,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// A setting of a desktop server by its name in the settings file, such as `cti.attempts_per_side`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name with its table.
    pub key: String,
    /// The value as it would be written behind `=`, without quotes; `none` leaves the key out.
    pub value: String,
}

impl Setting {
    /// `key = value`.
    pub fn new(key: &str, value: &str) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

/// One step of a script. Agents and their phones are named by the agents' ids, whether they are signed in or not.
#[derive(Clone, Debug)]
pub enum Step {
    /// Break or mend something.
    Fault(Fault),
    /// Something happens at a phone, without any desktop.
    Phone(Phone),
    /// Begin anew, with these settings beside the row's.
    Anew(Vec<Setting>),
    /// An agent opens a desktop and signs in at his usual extension; done when the desktop shows the state that the
    /// switch holds.
    SignIn(&'static str),
    /// The same at this desktop server, wherever he is signed in already and whatever became of his last desktop; done
    /// when REST shows there what the switch holds.
    SignInAt(&'static str, Server),
    /// An agent opens a desktop at this server, and nothing more: what a browser does when its page is loaded again.
    Open(&'static str, Server),
    /// An agent opens a desktop that knows both servers, and signs in at the first.
    OpenPair(&'static str),
    /// An agent's desktop is left.
    Leave(&'static str, Leave),
    /// A desktop asks; the status must be this one.
    Ask {
        /// Who asks.
        agent: &'static str,
        /// What; `{call}` stands for the id of the agent's newest call.
        request: Request<'static>,
        /// The expected status.
        status: u16,
    },
    /// Somebody shows his credentials and asks for something, without any desktop.
    Knock(Knock),
    /// The administrator asks for something. The answer has this status, and this in its body.
    Administer {
        /// What.
        request: Request<'static>,
        /// The expected status.
        status: u16,
        /// Part of the body; empty if it does not matter.
        says: &'static str,
    },
    /// Time passes.
    Let(Duration),
    /// Wait until something holds; the row fails if it does not within the time.
    Wait(Condition, Duration),
    /// For this long, whatever the agent's desktop or REST shows of a call is what the switch holds, or marked as being
    /// rebuilt. Events since the mark count too; they may show what was true since then, in its order.
    Watch(&'static str, Duration),
    /// From here on things are counted.
    Mark,
    /// This must hold now.
    Expect(Expect),
}

/// One of two desktop servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Server {
    /// The first; the server under test unless it is killed.
    Primary,
    /// The other.
    Secondary,
}

impl Server {
    /// Counted from 0.
    pub fn index(self) -> usize {
        match self {
            Self::Primary => 0,
            Self::Secondary => 1,
        }
    }
}

/// A request of a desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// Path.
    pub path: &'a str,
    /// Body, empty if none.
    pub body: &'a str,
}

impl Request<'_> {
    /// In a few words, for reports: `PUT /finesse/api/Dialog/7 HOLD`.
    pub fn short(&self) -> String {
        let wanted = |(begin, end)| Some(self.body.split_once(begin)?.1.split_once(end)?.0);
        let tags = [("<requestedAction>", "</requestedAction>"), ("<state>", "</state>")];
        let words = [Some(self.method), Some(self.path), tags.into_iter().find_map(wanted)];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What can be done to the CTI servers and everything else. The CTI server that serves is active, the other one is its
/// standby and takes over when the active one dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The server dies: its connections are reset and new ones refused.
    Kill(Side),
    /// The server is started again, as standby if the other one is active.
    Revive(Side),
    /// Connections to the server are reset, and new ones refused.
    Refuse(Side),
    /// Connections to the server are reset once.
    Reset(Side),
    /// The server answers no heartbeats, and everything else.
    Mute(Side),
    /// Refusal and silence of that side end.
    Clear(Side),
    /// The peripheral goes offline; sessions stay.
    PeripheralOffline,
    /// The peripheral comes back.
    PeripheralOnline,
    /// The desktop server under test is killed. From now on the other one is, and desktops are opened there.
    KillNode,
    /// That desktop server is killed; nobody but client failover follows.
    Kill9(Server),
    /// That desktop server is started again.
    Start(Server),
    /// A service of a desktop server stops, or starts with `true`.
    Service(Server, ServiceName, bool),
    /// Both CTI servers refuse that desktop server, or with `false` no longer.
    LoseCti(Server, bool),
    /// The transport of the agent's desktop is reset.
    LoseTransport(&'static str),
    /// Whatever the agent's desktop asks of that server is answered so much later.
    Delay(&'static str, Server, Duration),
    /// News of conferences are wrong in this way, or true again.
    News(Option<WrongNews>),
    /// The link between the desktop servers breaks, and every new one is refused.
    CutLink,
    /// "Logout on Agent Disconnect" (LOAD) of the CTI servers is set to this (failover.md DESK-2).
    Load(OnClientLoss),
    /// Something is wrong with the way of the desktop server under test to that AWDB host, or nothing any more.
    Awdb(Host, HostFault),
    /// The distributor of an AWDB host stops, or starts with `true`.
    Distributor(Host, bool),
}

/// What happens at phones. Numbers outside begin with 0, ids of agents do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phone {
    /// Somebody outside calls the agent's extension.
    CallIn {
        /// The number that calls.
        from: &'static str,
        /// The agent who is called.
        to: &'static str,
    },
    /// The newest call is picked up.
    Answer(&'static str),
    /// The agent holds the newest call by phone.
    Hold(&'static str),
    /// The agent takes it back.
    Retrieve(&'static str),
    /// The newest call is ended.
    HangUp(&'static str),
    /// The agent holds the newest call and calls somebody else.
    Consult {
        /// Who consults.
        by: &'static str,
        /// Whom.
        to: &'static str,
    },
    /// The agent joins the held call and the other.
    Join(&'static str),
    /// Somebody outside calls a number that is routed to agents.
    Route {
        /// The number that calls.
        from: &'static str,
        /// The number that is called.
        to: &'static str,
    },
    /// The agent signs out at the phone.
    SignOut(&'static str),
    /// The agent presses the key for wrap-up: it follows the routed call.
    WrapUp(&'static str),
}

/// What can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// SystemInfo says IN_SERVICE.
    InService,
    /// SystemInfo does not.
    OutOfService,
    /// So many dials since the mark.
    Dials(usize),
    /// So many HEARTBEAT_REQ reached that side since the mark.
    Heartbeats(Side, u64),
    /// The desktop shows the agent in that state.
    Shows(&'static str, &'static str),
    /// The desktop shows the agent's leg of the newest call in that state.
    ShowsLeg(&'static str, &'static str),
    /// The desktop shows no call.
    ShowsNoCall(&'static str),
    /// The desktop and REST show the agent's newest call as being rebuilt.
    ShowsMarked(&'static str),
    /// Events, REST and the switch say the same about the agent and his calls, and nothing is marked.
    Agrees(&'static str),
    /// Since the mark an event showed a call as being rebuilt.
    SawMark(&'static str),
    /// SystemInfo of every desktop server says IN_SERVICE.
    AllInService,
    /// The two desktop servers have their link; with fencing off nobody waits for that.
    Linked,
    /// They have none, and know it.
    Unlinked,
    /// The switch holds the agent in that state.
    Holds(&'static str, &'static str),
    /// The agent's desktop shows the truth, with its buttons working, on that server.
    Works(&'static str, Server),
    /// The agent's desktop has told him something of this kind about that server since the mark.
    Told(&'static str, BannerKind, Server),
    /// The agent's desktop has polled that server so often since the mark.
    Polled(&'static str, Server, usize),
    /// The agent's desktop of two servers shows a call.
    PairShowsCall(&'static str),
    /// So many forced logouts of the agent by that server have reached the CTI servers since the mark.
    Logouts(&'static str, Server, usize),
}

/// What must hold. "Since the mark" is meant throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// The dials were exactly these, by side: `AAAAAB`.
    DialOrder(String),
    /// The dials began with these.
    DialsBegin(String),
    /// There was none.
    NoDial,
    /// The first dial came not before and not after these times, counted from the first unanswered HEARTBEAT_REQ.
    DialAfterSilence {
        /// At the earliest.
        from: Duration,
        /// At the latest.
        to: Duration,
    },
    /// The first dial came within this time after the mark.
    DialWithin(Duration),
    /// So many HEARTBEAT_REQ reached that side and got no CONF.
    HeartbeatsUnanswered(Side, u64),
    /// SystemInfo says IN_SERVICE.
    InService,
    /// So many requests of agents reached the CTI servers, both together.
    Commands(u64),
    /// Every path for agents answers 503 SERVER_OUT_OF_SERVICE, SystemInfo answers 200 and OUT_OF_SERVICE.
    GateShut(&'static str),
    /// The desktop has seen exactly these events ([`crate::seen::Seen::short`]).
    Events(&'static str, Vec<&'static str>),
    /// The desktop has seen no event but SystemInfo's.
    OnlySystemInfo(&'static str),
    /// The desktop has seen nothing of any dialog.
    NoDialogEvents(&'static str),
    /// Events, REST and the switch say the same about the agent and his calls, all parties included, and nothing is
    /// marked as being rebuilt.
    Agrees(&'static str),
    /// So many parties are on the agent's newest call, says the switch.
    Parties(&'static str, usize),
    /// The agent's leg of his newest call is in this state, says the switch; `None` if he is on no call.
    Leg(&'static str, Option<&'static str>),
    /// The CTI servers told something of conferences wrong.
    ToldWrong,
    /// The CTI servers told nothing of conferences wrong since the start.
    ToldRight,
    /// An event showed the agent a call as being rebuilt.
    SawMark(&'static str),
    /// No event showed the agent a call as being rebuilt.
    SawNoMark(&'static str),
    /// The switch holds the agent in this state with this reason code.
    Holds(&'static str, &'static str, u16),
    /// Exactly so many forced logouts of the agent reached the CTI servers, by the primary and by the secondary.
    Logouts(&'static str, [usize; 2]),
    /// None of the forced logouts of the agent was carried out.
    NotLoggedOut(&'static str),
    /// The first forced logout of the agent came not before and not after these times, counted from when his desktop
    /// was left last.
    LogoutAfter {
        /// Whom.
        agent: &'static str,
        /// At the earliest.
        from: Duration,
        /// At the latest.
        to: Duration,
    },
    /// The first forced logout of the agent came within this time after the mark.
    LogoutWithin(&'static str, Duration),
    /// That AWDB host was asked about people so often, or an attempt was made to. Looks in the background do not count.
    AwdbAsked(Host, Times),
    /// The agent's desktop did this.
    Client(&'static str, Claim),
}

/// What a desktop of two servers did. "Since the mark" is meant throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It told its agent something of this kind, about this server and with this reason.
    Told(BannerKind, Server, Reason),
    /// It told its agent anything at all within this time.
    FirstToldWithin(Duration),
    /// It polled its server at the very moment at which it told of the loss.
    AskedAtOnce,
    /// So much time lies between two regular polls of that server, three at least.
    PolledEvery(Server, Duration),
    /// With each poll of the other server but a first one the current server was polled, too.
    PolledTogether,
    /// It tried the lost transport so often before it polled anybody, each time after its pause.
    Tries(usize),
    /// It polled nobody before the third try had failed.
    TriesBeforePolls,
    /// It asked for a transport to that server so often.
    Connects(Server, usize),
    /// Before it turned to the other server, that one was polled, and after it the current one once more.
    CheckedAgain,
    /// It did not turn to the other server before so much time had passed.
    NotLeftBefore(Duration),
    /// It read all data again from that server.
    Refreshed(Server),
    /// It signed its agent in so often.
    SignIns(usize),
    /// It shows a call, or none.
    ShowsCall(bool),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_named_by_what_it_wants() {
        let named = |method, path, body| Request { method, path, body }.short();
        let hold = "<Dialog><targetMediaAddress>7</targetMediaAddress><requestedAction>HOLD</requestedAction></Dialog>";
        assert_eq!(named("PUT", "/Dialog/1", hold), "PUT /Dialog/1 HOLD");
        assert_eq!(named("PUT", "/User/1", "<User><state>READY</state></User>"), "PUT /User/1 READY");
        assert_eq!(named("GET", "/User/1", ""), "GET /User/1");
    }
}
