//! The verbs of `lab ctl` for callers and phones, and the orders they are.

use clap::Subcommand;
use sim::switch::{Command, Hand, Phone, PhoneState};

use super::words::variable;

/// What callers, and agents at their phones, do.
#[derive(Subcommand)]
pub(crate) enum PhoneVerb {
    /// Somebody outside calls a dialed number or an extension.
    Call {
        /// Number of the caller.
        from: String,
        /// Such as 7200.
        to: String,
        /// A call variable: 1=gold, callVariable2=osaka or user.customer=42; may be repeated.
        #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
        variables: Vec<(String, String)>,
    },
    /// A phone dials.
    Dial {
        /// Extension of the phone, such as 61001.
        device: String,
        /// Extension, dialed number or outside number.
        to: String,
    },
    /// A phone, or an outside party, answers.
    Answer(Device),
    /// A phone puts its call on hold.
    Hold(Device),
    /// A phone takes its call back.
    Retrieve(Device),
    /// A phone, or an outside party, hangs up.
    #[command(visible_alias = "hang-up")]
    Hangup(Device),
    /// A phone holds its call and dials somebody to ask.
    Consult(Towards),
    /// A phone gives the call it holds to those it speaks with, and leaves.
    Transfer(Joint),
    /// A phone joins the call it holds and the call it speaks on.
    Conference(Joint),
    /// A phone holds the call it speaks on and takes back the other.
    Alternate(Joint),
    /// A phone leaves the call it is engaged with and takes back the other.
    Reconnect(Joint),
    /// A phone gives its call to a number and leaves at once.
    BlindTransfer(Towards),
    /// A phone drops another party from a conference.
    DropParty {
        /// Extension of the phone.
        device: String,
        /// Who is dropped: extension or outside number.
        party: String,
        /// Which of its calls, if both are on several.
        #[arg(long)]
        call: Option<u32>,
    },
    /// A phone sends tones.
    Dtmf {
        /// Extension of the phone.
        device: String,
        /// Digits, *, #, A to D, and a comma for a pause.
        digits: String,
        /// Which of its calls, if it speaks on several.
        #[arg(long)]
        call: Option<u32>,
    },
    /// The data of a call change on the switch's side.
    Data {
        /// ConnectionCallID, which is the dialog id.
        call: u32,
        /// As in `call`; wrapUpData sets the wrap-up data.
        #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable, required = true)]
        variables: Vec<(String, String)>,
    },
    /// An agent acts at the phone, without a desktop.
    Agent {
        /// Such as 1001.
        agent: String,
        #[command(subcommand)]
        to: AtPhone,
    },
}

/// What an agent does at the phone.
#[derive(Subcommand)]
pub(crate) enum AtPhone {
    /// Signs in, at the usual phone unless another is given.
    Login {
        /// The phone, such as 61001.
        extension: Option<String>,
    },
    /// Signs out.
    Logout {
        /// Reason code.
        #[arg(default_value_t = 0)]
        reason: u16,
    },
    /// Becomes Not Ready.
    NotReady {
        /// Reason code.
        #[arg(default_value_t = 0)]
        reason: u16,
    },
    /// Becomes available.
    Ready,
    /// Wrap-up, then Not Ready.
    Work,
    /// Wrap-up, then available.
    WorkReady,
}

/// One party of a call.
#[derive(clap::Args)]
pub(crate) struct Device {
    /// Extension or outside number.
    device: String,
    /// Which of its calls, if it has several.
    #[arg(long)]
    call: Option<u32>,
}

/// A phone that dials during a call.
#[derive(clap::Args)]
pub(crate) struct Towards {
    /// Extension of the phone.
    device: String,
    /// Extension, dialed number or outside number.
    to: String,
    /// Which of its calls, if it speaks on several.
    #[arg(long)]
    call: Option<u32>,
}

/// A phone with a call on hold and another one.
#[derive(clap::Args)]
pub(crate) struct Joint {
    /// Extension of the phone.
    device: String,
}

impl From<PhoneVerb> for Command {
    fn from(verb: PhoneVerb) -> Self {
        match verb {
            PhoneVerb::Call { from, to, variables } => {
                Self::CallIn { from, to, variables: variables.into_iter().collect() }
            }
            PhoneVerb::Dial { device, to } => Self::Dial { device, to },
            PhoneVerb::Answer(device) => Self::Answer(device.into()),
            PhoneVerb::Hold(device) => Self::Hold(device.into()),
            PhoneVerb::Retrieve(device) => Self::Retrieve(device.into()),
            PhoneVerb::Hangup(device) => Self::HangUp(device.into()),
            PhoneVerb::Consult(Towards { device, to, call }) => Self::Consult { device, to, call },
            PhoneVerb::Transfer(phone) => Self::CompleteTransfer(phone.into()),
            PhoneVerb::Conference(phone) => Self::CompleteConference(phone.into()),
            PhoneVerb::Alternate(phone) => Self::Alternate(phone.into()),
            PhoneVerb::Reconnect(phone) => Self::Reconnect(phone.into()),
            PhoneVerb::BlindTransfer(Towards { device, to, call }) => {
                Self::BlindTransfer { device, to, call }
            }
            PhoneVerb::DropParty { device, party, call } => Self::DropParty { device, party, call },
            PhoneVerb::Dtmf { device, digits, call } => Self::SendDtmf { device, digits, call },
            PhoneVerb::Data { call, variables } => {
                Self::SetCallData { call, variables: variables.into_iter().collect() }
            }
            PhoneVerb::Agent { agent, to } => Self::AgentState { agent, to: to.into() },
        }
    }
}

impl From<AtPhone> for PhoneState {
    fn from(to: AtPhone) -> Self {
        match to {
            AtPhone::Login { extension } => Self::Login { extension },
            AtPhone::Logout { reason } => Self::Logout(reason),
            AtPhone::NotReady { reason } => Self::NotReady(reason),
            AtPhone::Ready => Self::Ready,
            AtPhone::Work => Self::Work,
            AtPhone::WorkReady => Self::WorkReady,
        }
    }
}

impl From<Device> for Hand {
    fn from(Device { device, call }: Device) -> Self {
        Self { device, call }
    }
}

impl From<Joint> for Phone {
    fn from(Joint { device }: Joint) -> Self {
        Self { device }
    }
}
