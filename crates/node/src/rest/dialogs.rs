//! Dialogs: who may read them, and what each action asks of the domain.

use api::parse::{self, DialogRequest, NewDialog, NewDialogAction, OwnAction};
use api::{ApiFailure, HttpRequest, HttpResponse, documents, links};
use domain::{AgentId, CallId, Command, DialogView, Domain, Refusal};

use super::{Answer, Caller, Reader};

impl Reader<'_> {
    pub(super) fn get_dialog(&self, id: &str) -> Answer {
        let dialog = dialog(self.domain, id).ok_or_else(|| ApiFailure::no_such_dialog(id))?;
        Ok(HttpResponse::document(documents::dialog(&dialog)))
    }
}

impl Caller<'_> {
    pub(super) fn create_dialog(&mut self, user: &str, request: &HttpRequest) -> Answer {
        let user = self.user(user)?;
        let NewDialog { from, to, action } = parse::new_dialog(request)?;
        if from != user.extension {
            return Err(ApiFailure::invalid_input(
                "not the extension the user is signed in at",
                "fromAddress",
            ));
        }
        let (agent, number) = (user.id, to.clone());
        match action {
            NewDialogAction::MakeCall { variables } => {
                self.command(Command::MakeCall { agent, to, variables }, self.person.id.as_str())
            }
            NewDialogAction::SilentMonitor => self.command(Command::SilentMonitor { agent, to }, &number),
            NewDialogAction::Barge { session } => {
                self.command(Command::Barge { agent, session, to }, &number)
            }
        }
    }

    pub(super) fn put_dialog(&mut self, id: &str, request: &HttpRequest) -> Answer {
        let parsed = parse::dialog(request)?;
        let dialog = dialog(self.domain, id).ok_or_else(|| ApiFailure::dialog_not_found(id))?;
        self.participant(&dialog)?;
        match parsed {
            DialogRequest::Own { target, action } => {
                self.own_leg(&dialog, &target)?;
                self.act(&dialog, action)
            }
            DialogRequest::DropParticipant { party } => self.drop_participant(&dialog, party),
            DialogRequest::UpdateCallData { target, variables, wrap_up_reason } => {
                target.map_or(Ok(()), |target| self.own_leg(&dialog, &target))?;
                let (agent, call) = (self.person.id.clone(), dialog.id);
                self.command(Command::UpdateCallData { agent, call, variables, wrap_up_reason }, id)
            }
        }
    }

    /// An action on the caller's own leg.
    fn act(&mut self, dialog: &DialogView, action: OwnAction) -> Answer {
        let (agent, call) = (self.person.id.clone(), dialog.id);
        let command = match action {
            OwnAction::Plain(action) => Command::CallAction { agent, call, action },
            OwnAction::Transfer => Command::Transfer { agent, call },
            OwnAction::Conference => Command::Conference { agent, call },
            OwnAction::Consult { to } => Command::Consult { agent, call, to },
            OwnAction::SingleStepTransfer { to } => Command::SingleStepTransfer { agent, call, to },
            OwnAction::SendDtmf { digits } => Command::SendDtmf { agent, call, digits },
            OwnAction::Campaign(answer) => Command::Campaign { agent, call, answer },
            OwnAction::StartRecording => return self.start_recording(&agent, call),
        };
        self.command(command, &call.0.to_string())
    }

    fn start_recording(&mut self, agent: &AgentId, call: CallId) -> Answer {
        let done = self.domain.start_recording(agent, call, self.request_id.clone());
        self.accepted(done, |refusal| ApiFailure::refused(refusal, &call.0.to_string()))
    }

    /// Supervisors only, on a call of their own (rest-api.md section 6.5).
    fn drop_participant(&mut self, dialog: &DialogView, party: String) -> Answer {
        let (agent, call) = (self.person.id.clone(), dialog.id);
        if !self.person.supervisor {
            return Err(ApiFailure::wrong_user(agent.as_str()));
        }
        let command = Command::DropParticipant { agent, call, party: party.clone() };
        let done = self.domain.command(command, self.request_id.clone(), self.now);
        self.accepted(done, |refusal| match refusal {
            Refusal::InvalidDestination => ApiFailure::not_droppable(&party),
            other => ApiFailure::refused(other, &call.0.to_string()),
        })
    }

    /// A supervisor who is in no call of this id may ask for some actions only.
    fn participant(&self, dialog: &DialogView) -> Result<(), ApiFailure> {
        let is_there = self.domain.has_dialog(&self.person.id, dialog.id);
        is_there.then_some(()).ok_or_else(|| ApiFailure::wrong_user(self.person.id.as_str()))
    }

    /// The leg named by targetMediaAddress must be the caller's.
    fn own_leg(&self, dialog: &DialogView, target: &str) -> Result<(), ApiFailure> {
        match dialog.legs.iter().find(|leg| leg.address == target) {
            Some(leg) if leg.agent.as_ref() == Some(&self.person.id) => Ok(()),
            Some(_) => Err(ApiFailure::wrong_user(target)),
            None => Err(ApiFailure::invalid_input("not a participant of the dialog", "targetMediaAddress")),
        }
    }
}

fn dialog(domain: &Domain, id: &str) -> Option<DialogView> {
    domain.dialog(links::call_id(id)?)
}
