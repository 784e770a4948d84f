//! What an agent says to the campaign dialer, in the words of BAResponse (mapping.md section 3.5).

use ged188::{CallType, Message, NamedVariable, SetCallDataReq};

use crate::campaigns::{ACCEPT, CALLBACK, CANCEL, NUMBER, RESPONSE, wire_time};
use crate::command::{ApiError, CampaignAnswer, Classification};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};

impl Domain {
    pub(super) fn answer_campaign(
        &self,
        agent: &AgentId,
        call: CallId,
        answer: &CampaignAnswer,
    ) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        let (value, _) = answer.words();
        Ok(Message::SetCallDataReq(SetCallDataReq {
            peripheral_id: self.config.peripheral_id,
            connection_device_id_type: own.device_type,
            connection_call_id: own.id.0,
            call_type: CallType::NULL_CALLTYPE,
            connection_device_id: own.device,
            named_variables: vec![NamedVariable { name: RESPONSE.to_owned(), value }],
            ..SetCallDataReq::default()
        }))
    }
}

impl CampaignAnswer {
    /// The word to send first, and what is to be said after it: a variable holds one word at a time.
    pub(crate) fn words(&self) -> (String, Option<Self>) {
        match self {
            Self::Accept => (ACCEPT.to_owned(), None),
            Self::Reject => ("Reject".to_owned(), None),
            Self::Close => ("Reject-Close".to_owned(), None),
            Self::Reclassify(as_what) => (as_what.word().to_owned(), None),
            Self::ScheduleCallback { time, number: Some(number) } => {
                let rest = time.clone().map(|time| Self::ScheduleCallback { time: Some(time), number: None });
                (format!("{NUMBER}{number}"), rest)
            }
            Self::ScheduleCallback { time, number: None } => {
                (format!("{CALLBACK}{}", wire_time(time.as_deref().unwrap_or_default())), None)
            }
            Self::CancelCallback => (CANCEL.to_owned(), None),
        }
    }
}

impl Classification {
    fn word(self) -> &'static str {
        match self {
            Self::Voice => "Voice",
            Self::Fax => "Fax",
            Self::AnsweringMachine => "Answering_Machine",
            Self::Invalid => "Invalid_Number",
        }
    }
}
