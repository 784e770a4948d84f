//! Breaking a node on purpose, in one small way at a time, to prove that the simulation sees it.
//!
//! The only way in is `Node::sabotage`, which exists with the feature `sabotage` only; without it every question here
//! is answered no at compile time.

mod hearing;
mod orders;
mod returning;
#[cfg(feature = "sabotage")]
mod start;

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{AgentId, Now, Ticket};
use failover::presence::Order;
use ged188::Message;

use super::Node;
use crate::asked::Asker;

macro_rules! ways {
    ($($(#[$says:meta])* $way:ident,)*) => {
        /// The ways.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Sabotage {
            $($(#[$says])* $way,)*
        }

        impl Sabotage {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$way,)*];
        }
    };
}

ways! {
    /// Requests are answered while CTI is out of service.
    GateOpen,
    /// A command of the old session is sent again on the new one.
    SendAgain,
    /// Final states are published twice.
    PublishTwice,
    /// Final states are not published.
    PublishNever,
    /// In service is announced before the state has been read.
    ServeUnread,
    /// Events leave while CTI is out of service.
    EventsWhileOut,
    /// Each change is published twice.
    SayTwice,
    /// Requests whose outcome is unknown get no error event.
    ForgetUnproven,
    /// The reader knows no window.
    NoWindow,
    /// CALL_CONFERENCED is not heard.
    DeafToConferences,
    /// CALL_TRANSFERRED is not heard.
    DeafToTransfers,
    /// CALL_DATA_UPDATE is not heard.
    DeafToData,
    /// Reservations of campaigns are taken for calls of a queue.
    BlindToReservations,
    /// Of which call another is a consultation is misunderstood.
    WrongOriginal,
    /// A supervisor who listens is taken for a caller.
    SessionsAreCalls,
    /// Nothing doubtful is read again.
    NeverLook,
    /// That a dialog is doubtful is not shown.
    HideMarks,
    /// Whoever is Not Ready after a loss is made Ready.
    ReadyAnyway,
    /// The other node's refusal of a forced logout is taken for its leave.
    TakeNoForYes,
    /// The other node is given leave for sessions that are older than what is known here.
    IgnoreEpochs,
    /// A sign-in does not wait for the other node's forced logout.
    AdmitAtOnce,
    /// A desktop that comes back is not heard.
    DeafToReturns,
    /// A call does not keep its agent from being logged out.
    LogoutOnCalls,
    /// A forced logout is written when its time is over.
    WriteLate,
    /// Timers of desktops run on while the node is out of service.
    TimersRunOn,
    /// Nobody is ever logged out.
    NeverLogOut,
    /// People are known by any password.
    AnyPassword,
    /// An AWDB that does not answer counts as one that says no.
    OutageIsNo,
    /// What the AWDBs say in the background is not heard.
    DeafToPeople,
    /// Settings count before they are on disk.
    CountUnwritten,
    /// Settings of the other node are taken whatever their checksums say.
    TrustBlindly,
    /// The other node gets this one's settings although it has what is not here.
    Overrule,
    /// Requests are refused while CTI is in service.
    GateShut,
    /// Requests of people are answered by nobody.
    LoseRequests,
    /// A command is sent to CTI twice.
    ActTwice,
    /// Whoever was made Ready again after a loss is made Ready once more.
    RestoreTwice,
    /// Whoever was Ready before a loss is made Ready whenever he stops work after it.
    RestoreWhoeverActed,
    /// Final states are told before IN_SERVICE.
    StatesFirst,
    /// After a recovery dialogs are told before users.
    DialogsFirst,
    /// After a recovery teams are told before users and dialogs.
    TeamsFirst,
    /// After a recovery queues are told before users and dialogs.
    QueuesFirst,
    /// After a recovery agents on calls are told of last.
    CallsLast,
    /// Why an agent is Not Ready is guessed where CTI does not tell.
    GuessReasons,
    /// Agents whom nobody has asked for are shown as signed out.
    PresumeSignedOut,
    /// A lost CTI server is not dialed again.
    NeverDial,
    /// Desktops are waited for while the notification service is stopped.
    WaitBlindly,
    /// After an outage of its own desktops get no time to come back.
    NoComeback,
    /// Desktops get a second less to come back.
    ShortGrace,
    /// The other node is told of no session when the link comes up.
    TellNoSessions,
    /// What waits for a client has no bound.
    NoQueueBound,
    /// Events wait until the slowest client has read.
    WaitForTheSlowest,
}

/// What a broken node remembers.
#[derive(Debug, Default)]
pub(super) struct Broken {
    how: Option<Sabotage>,
    last_command: Option<(Ticket, Message)>,
    /// A forced logout that is held back until then.
    late: Option<(Duration, AgentId, Order)>,
    /// Who was Ready when service was lost.
    ready: BTreeSet<AgentId>,
    /// Who is made Ready then.
    restored: Vec<(Duration, AgentId)>,
    /// Events that wait for the slowest client.
    waiting: Vec<(String, String)>,
}

impl Node {
    /// Whether it is broken in this way.
    pub(super) fn is_broken(&self, how: Sabotage) -> bool {
        cfg!(feature = "sabotage") && self.broken.how == Some(how)
    }

    /// Whether a broken node has lost a CTI server and does not dial it again.
    pub(super) fn never_dials(&self) -> bool {
        self.is_broken(Sabotage::NeverDial) && self.counters.recoveries > 0
    }

    /// Whether a broken node does not wait for its disk.
    pub(super) fn counts_unwritten(&self) -> bool {
        self.is_broken(Sabotage::CountUnwritten)
    }

    /// A command goes to CTI, from a broken node perhaps twice.
    pub(super) fn keep_command(&mut self, ticket: Ticket, message: &Message, now: Now) {
        if self.is_broken(Sabotage::SendAgain) {
            self.broken.last_command = Some((ticket, message.clone()));
        }
        if self.is_broken(Sabotage::ActTwice) {
            self.link.ask(Asker::Domain(Ticket(u64::MAX)), message.clone(), now.mono);
        }
    }

    /// An event as a broken node shows it.
    pub(super) fn touched_up(&self, payload: String) -> String {
        if self.is_broken(Sabotage::HideMarks) {
            return payload.replace("<rebuilding>true</rebuilding>", "");
        }
        payload
    }

    /// Publishes an event, in a broken node when nobody is behind.
    pub(super) fn spread(&mut self, node: &str, payload: &str, now: Now) {
        if self.is_broken(Sabotage::WaitForTheSlowest) {
            self.broken.waiting.push((node.to_owned(), payload.to_owned()));
        } else {
            self.xmpp.publish(node, payload, now.mono);
        }
    }

    /// The slowest client of a broken node may have read. True if something was published.
    pub(super) fn go_on(&mut self, now: Now) -> bool {
        if self.broken.waiting.is_empty() || self.xmpp.backlog() > 0 {
            return false;
        }
        for (node, payload) in std::mem::take(&mut self.broken.waiting) {
            self.xmpp.publish(&node, &payload, now.mono);
        }
        true
    }
}
