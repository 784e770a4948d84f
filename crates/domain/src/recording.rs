//! START_RECORDING, which belongs to Unified CCX: here it is accepted and then refused (rest-api.md sections 4.4 and
//! 6.5). Nothing goes to CTI.

use crate::command::{Change, ErrorSource, Refusal};
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId, RequestId};

impl Domain {
    /// START_RECORDING by an agent on his own call. `Ok` is the 202, after which one apiErrors event says
    /// `Generic Error`.
    ///
    /// # Errors
    /// Those that every action on a call has: [`Refusal::UnknownDialog`], [`Refusal::NotParticipant`], and
    /// [`Refusal::Busy`] out of service.
    pub fn start_recording(
        &mut self,
        agent: &AgentId,
        call: CallId,
        request: Option<RequestId>,
    ) -> Result<(), Refusal> {
        if !self.phase.is_live() {
            return Err(Refusal::Busy);
        }
        self.check_participant(agent, call)?;
        let (source, error) = (ErrorSource::Dialog(call), failures::not_allowed_now());
        self.say(Change::Error { agent: agent.clone(), source, error, request });
        Ok(())
    }
}
