//! The clauses of the rules: the seven of the design, and an eighth of what desktops do when their server fails.

macro_rules! clauses {
    ($($name:ident: $says:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Clause { $($name,)* }

        impl Clause {
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            pub(crate) fn says(self) -> &'static str {
                match self { $(Self::$name => $says,)* }
            }
        }
    };
}

clauses! {
    Answered: "1 every request is answered",
    Gate: "1 in service a request is served, out of service it is refused with the documented error",
    Once: "1 a command acts at most once",
    NeverAgain: "1 a command is never sent again on a new session",
    RestoredOnce: "1 READY undoes what our own loss did, once, and never after the agent acted",
    Truth: "2 a desktop shows what CTI holds",
    OneEvent: "2 each change is told once",
    FinalOnce: "2 final states are told exactly once",
    Order: "2 SystemInfo, User, Dialogs, Team, Queue",
    CallsToldFirst: "2 agents on calls first",
    NotInvented: "2 what CTI does not tell is kept or unknown, never invented",
    Doubts: "2 what is doubtful is marked, and settled",
    AllRead: "3 in service means that every agent who works has been read",
    Silence: "3 nothing is told while out of service",
    CtiLost: "3 a session is lost by its socket, its server's word or three missed heartbeats",
    CtiDialed: "3 the lost side is dialed five times, then the other, without end",
    CtiPace: "3 the first round is quick, the others are not",
    Window: "4 who was accepted is known for 30 minutes, not a second more or less",
    Password: "4 a wrong password never works",
    Hosts: "4 nobody waits or is refused while an AWDB works",
    OutageTold: "4 an outage is never told as a wrong password",
    Lock: "4 five wrong passwords lock, no fewer and no more",
    Leave: "5 no forced logout without the other node's leave",
    Epochs: "5 the newest session decides",
    Held: "5 a sign-in waits for the other node's order",
    Present: "5 nobody is logged out in front of his desktop",
    OnCall: "5 nobody is logged out during a call",
    InTime: "5 an order is written within a second of its question",
    Blind: "5 no timer runs while the node is out of service or sees no presence",
    Comeback: "5 after an outage every desktop has 120 s, and always 60 s",
    Gone: "5 who is gone is logged out",
    OnDisk: "6 what was answered is on disk, on both nodes",
    Intact: "6 settings that were damaged are not taken",
    Kept: "6 what one node lacks it takes before it overrules the other",
    Outcome: "6 a 202 is followed by its effect or one error",
    AfterMove: "6 after a move the desktop shows the truth",
    ReadsBounded: "7 reads in flight are bounded",
    QueueBounded: "7 what waits for a client is bounded",
    SlowAlone: "7 a slow reader costs only itself",
    Stays: "8 a server that serves is not left",
    NotTooSoon: "8 a server that answers is left at a regular poll at the earliest",
    ComesHome: "8 everybody is at work again",
    NoFailBack: "8 nobody is moved back",
    NoStorm: "8 sign-ins on the other server are spread",
    CallsMoveFirst: "8 desktops on calls move first",
}
