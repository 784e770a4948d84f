//! What a person at a phone, a caller, or somebody who breaks things can do to the other side.
//!
//! Values with a JSON form, so that the lab's REST and command line speak them as they are:
//! `{"call_in": {"from": "0312345678", "to": "7200"}}`, `{"kill_side": "A"}`.

use std::collections::BTreeMap;
use std::time::Duration;

use failover::cti::Side;
use serde::{Deserialize, Serialize};

use crate::dialer::Offer;
use crate::refusal::Refusal;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Somebody outside calls a dialed number or an extension.
    CallIn {
        /// Number of the caller.
        from: String,
        /// Dialed number or extension.
        to: String,
        /// Call variables (`callVariable1`) and expanded call context (`user.customer`, `user.history[0]`).
        #[serde(default)]
        variables: BTreeMap<String, String>,
    },
    /// The campaign dialer offers a customer's call to an agent.
    Campaign(Offer),
    /// A phone, or an outside party, answers.
    Answer(Hand),
    /// A phone puts its call on hold.
    Hold(Hand),
    /// A phone takes its call back.
    Retrieve(Hand),
    /// A phone, or an outside party, hangs up; a mobile agent's nailed-up line is an outside party, too.
    HangUp(Hand),
    /// A phone dials.
    Dial {
        /// Extension of the phone.
        device: String,
        /// Extension, dialed number or outside number.
        to: String,
    },
    /// A phone holds its call and dials somebody to ask.
    Consult {
        /// Extension of the phone.
        device: String,
        /// Extension, dialed number or outside number.
        to: String,
        /// ConnectionCallID; without it the only call that the phone speaks on.
        #[serde(default)]
        call: Option<u32>,
    },
    /// A phone gives the call it holds to those it speaks with, and leaves.
    CompleteTransfer(Phone),
    /// A phone joins the call it holds and the call it speaks on.
    CompleteConference(Phone),
    /// A phone holds the call it speaks on and takes back the other.
    Alternate(Phone),
    /// A phone leaves the call it is engaged with and takes back the other.
    Reconnect(Phone),
    /// A phone gives its call to a number and leaves at once.
    BlindTransfer {
        /// Extension of the phone.
        device: String,
        /// Extension, dialed number or outside number.
        to: String,
        /// ConnectionCallID; without it the only call that the phone speaks on.
        #[serde(default)]
        call: Option<u32>,
    },
    /// A phone drops another party from a conference.
    DropParty {
        /// Extension of the phone.
        device: String,
        /// Who is dropped: extension or outside number.
        party: String,
        /// ConnectionCallID; without it the only call of the phone that both are on.
        #[serde(default)]
        call: Option<u32>,
    },
    /// A phone sends tones.
    SendDtmf {
        /// Extension of the phone.
        device: String,
        /// Digits, `*`, `#`, `A` to `D`, and `,` for a pause.
        digits: String,
        /// ConnectionCallID; without it the only call that the phone speaks on.
        #[serde(default)]
        call: Option<u32>,
    },
    /// The data of a call change on the switch's side.
    SetCallData {
        /// ConnectionCallID.
        call: u32,
        /// As in `call_in`; `wrapUpData` sets CallWrapupData.
        variables: BTreeMap<String, String>,
    },
    /// An agent acts at the phone, without a desktop.
    AgentState {
        /// AgentID.
        agent: String,
        /// What the agent does.
        to: PhoneState,
    },
    /// The process of a CTI server dies: its connections are reset, and it accepts none.
    KillSide(#[serde(with = "letter")] Side),
    /// The process of a CTI server starts again.
    ReviveSide(#[serde(with = "letter")] Side),
    /// A CTI server hangs: it accepts connections and bytes and answers nothing.
    HangSide(#[serde(with = "letter")] Side, bool),
    /// A CTI server answers everything but heartbeats.
    MuteHeartbeats(#[serde(with = "letter")] Side, bool),
    /// The standby side becomes active at once.
    SwitchOver,
    /// The CTI servers lose the switch; calls go on.
    PeripheralOffline,
    /// The CTI servers have the switch again.
    PeripheralOnline,
    /// The central controller is lost; agents and calls are not affected.
    CentralControllerDown,
    /// The central controller is back.
    CentralControllerUp,
    /// Answers to requests come so many milliseconds late; events and heartbeats do not.
    DelayAnswers(#[serde(with = "millis")] Duration),
    /// Answers to requests come after the events that the requests cause.
    AnswersAfterEvents(bool),
    /// A CTI server answers OPEN_REQ with FAILURE_CONF of this status, or normally again.
    RefuseOpens(#[serde(with = "letter")] Side, Option<u32>),
    /// A CTI server sends its clients something that is no GED-188.
    GarbageToClients(#[serde(with = "letter")] Side, Garbage),
    /// What a living CTI server does to the agents of a client that is gone.
    OnClientLoss(OnClientLoss),
    /// CTI clients are told wrong news of conferences, or true ones again; calls and phones are not affected.
    WrongConferences(Option<WrongNews>),
    /// Callers arrive by themselves; 0 stops them.
    Autopilot {
        /// Callers in a minute.
        calls_per_minute: u32,
        /// Whether phones answer and hang up the autopilot's calls by themselves.
        phones_answer: bool,
        /// Of 100 calls that such a phone answers, how many it consults a colleague about, or gives away: they are
        /// transferred, conferenced, taken back.
        #[serde(default)]
        joined_percent: u8,
    },
}

/// One party of one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Extension or outside number.
    pub device: String,
    /// ConnectionCallID; without it the only call of the device that fits.
    #[serde(default)]
    pub call: Option<u32>,
}

/// A phone with a call on hold and another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Extension.
    pub device: String,
}

/// How news of a conference is wrong (failover.md CTI-16 to CTI-18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongNews {
    /// Lists leave out the party that joined last.
    PartyMissing,
    /// The calls of a device are told without those that are conferences.
    CallMissing,
    /// A list names somebody who is not on the call, and a snapshot leaves out the device that was asked about.
    Inconsistent,
    /// Whatever is told when somebody leaves is told again, the conference with the party that left included.
    Repeated,
}

/// What an agent can do at the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneState {
    /// Sign in at this extension, or at the usual one.
    Login {
        /// Extension.
        #[serde(default)]
        extension: Option<String>,
    },
    /// Sign out with this reason code.
    Logout(u16),
    /// Become Not Ready with this reason code.
    NotReady(u16),
    /// Become available.
    Ready,
    /// Wrap-up, then Not Ready.
    Work,
    /// Wrap-up, then available.
    WorkReady,
}

/// What a broken CTI server sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Garbage {
    /// Bytes without any sense.
    RandomBytes,
    /// The beginning of a message, and nothing more until the next regular one.
    HalfMessage,
    /// A message whose length cannot be true.
    WrongLength,
    /// Bytes without end.
    EndlessStream,
}

/// What becomes of the agents of a lost client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnClientLoss {
    /// Nothing.
    Keep,
    /// LOAD 0: Not Ready, reason 50002, after the call.
    Load0,
    /// LOAD 1: logged out, reason 50002.
    Load1,
}

/// What came of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Done.
    Done,
    /// A new call with this ConnectionCallID.
    Call(u32),
}

/// Why a command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The switch refuses it.
    #[error("the switch refuses: {0}")]
    Refused(#[from] Refusal),
    /// No call of the device fits.
    #[error("no call of {0} fits")]
    NoCall(String),
    /// More than one call of the device fits: name one.
    #[error("several calls of {0} fit: name one")]
    SeveralCalls(String),
    /// There is no such agent.
    #[error("no agent {0}")]
    NoAgent(String),
    /// FAILURE_CONF has no such status (ged188.md section 9).
    #[error("{0} is no status with which a session is refused; known are 15, 92, 107 and others")]
    NoStatus(u32),
    /// The command means nothing in this state.
    #[error("{0}")]
    NotNow(&'static str),
}

/// Sides as `"A"` and `"B"`.
mod letter {
    use failover::cti::Side;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(side: &Side, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(crate::side::letter(*side))
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Side, D::Error> {
        match String::deserialize(from)?.as_str() {
            "A" | "a" => Ok(Side::A),
            "B" | "b" => Ok(Side::B),
            other => Err(de::Error::unknown_variant(other, &["A", "B"])),
        }
    }
}

/// Durations as whole milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialer::OfferMode;

    /// A command and its JSON form belong together.
    fn check(json: &str, command: &Command) {
        assert_eq!(&serde_json::from_str::<Command>(json).unwrap(), command);
        assert_eq!(
            serde_json::from_str::<Command>(&serde_json::to_string(command).unwrap()).unwrap(),
            *command
        );
    }

    #[test]
    fn commands_have_a_json_form() {
        check(r#"{"kill_side":"A"}"#, &Command::KillSide(Side::A));
        check(r#"{"hang_side":["b",true]}"#, &Command::HangSide(Side::B, true));
        check(r#""peripheral_offline""#, &Command::PeripheralOffline);
        check(r#"{"delay_answers":1500}"#, &Command::DelayAnswers(Duration::from_millis(1500)));
        check(r#"{"refuse_opens":["A",15]}"#, &Command::RefuseOpens(Side::A, Some(15)));
        check(r#"{"on_client_loss":"load1"}"#, &Command::OnClientLoss(OnClientLoss::Load1));
        check(
            r#"{"wrong_conferences":"party_missing"}"#,
            &Command::WrongConferences(Some(WrongNews::PartyMissing)),
        );
        check(r#"{"wrong_conferences":null}"#, &Command::WrongConferences(None));
        check(
            r#"{"complete_transfer":{"device":"1001"}}"#,
            &Command::CompleteTransfer(Phone { device: "1001".into() }),
        );
        check(
            r#"{"consult":{"device":"1001","to":"7200"}}"#,
            &Command::Consult { device: "1001".into(), to: "7200".into(), call: None },
        );
        check(
            r#"{"autopilot":{"calls_per_minute":6,"phones_answer":true}}"#,
            &Command::Autopilot { calls_per_minute: 6, phones_answer: true, joined_percent: 0 },
        );
        let offer = Offer {
            agent: "1001".into(),
            number: "0312345678".into(),
            mode: OfferMode::DirectPreview,
            blended: false,
            campaign: String::new(),
        };
        check(
            r#"{"campaign":{"agent":"1001","number":"0312345678","mode":"direct_preview"}}"#,
            &Command::Campaign(offer),
        );
        let hand = Hand { device: "1001".into(), call: None };
        check(r#"{"hang_up":{"device":"1001"}}"#, &Command::HangUp(hand));
        let call = Command::CallIn { from: "03".into(), to: "7200".into(), variables: BTreeMap::new() };
        check(r#"{"call_in":{"from":"03","to":"7200"}}"#, &call);
        let to = PhoneState::NotReady(7);
        check(
            r#"{"agent_state":{"agent":"1001","to":{"not_ready":7}}}"#,
            &Command::AgentState { agent: "1001".into(), to },
        );
        check(
            r#"{"garbage_to_clients":["A","half_message"]}"#,
            &Command::GarbageToClients(Side::A, Garbage::HalfMessage),
        );
    }

    #[test]
    fn there_is_no_third_side() {
        assert!(serde_json::from_str::<Command>(r#"{"kill_side":"C"}"#).is_err());
    }
}
