use super::clicks::{Click, target};
use super::{Deed, People};
use crate::seen::Document;

/// Of so many clicks one is that of a supervisor who watches over his team.
const SUPERVISES_ONE_IN: usize = 6;

impl People<'_> {
    /// Somebody who may listen to colleagues.
    pub(super) fn is_supervisor(&self, desktop: usize) -> bool {
        let id = self.id(desktop);
        self.world.plan().switch().agents.iter().any(|agent| agent.id == id && agent.supervisor)
    }

    /// Somebody presses a button; sometimes it is a supervisor who watches over his team.
    pub fn click_in_team(&mut self) -> Deed {
        if !self.chance.one_in(SUPERVISES_ONE_IN) {
            return self.click();
        }
        match self.a_supervisor() {
            Some(supervisor) => Deed::Click(self.supervise(supervisor)),
            None => self.click(),
        }
    }

    /// One of them.
    fn a_supervisor(&mut self) -> Option<usize> {
        let all: Vec<usize> = (0..self.world.desktops()).filter(|it| self.is_supervisor(*it)).collect();
        self.chance.pick(&all).copied()
    }

    /// A supervisor listens to a colleague, joins him, or leaves him alone; to begin with he is Not Ready and on no call.
    fn supervise(&mut self, desktop: usize) -> Click {
        if let Some(session) = self.session(desktop) {
            return match self.chance.below(4) {
                0 => self.stop(desktop, &session.id),
                1 => self.listen_to_somebody(desktop),
                _ => self.barge(desktop, &session.id, &session.text("toAddress")),
            };
        }
        if let Some(call) = self.call_to_leave(desktop) {
            return self.stop(desktop, &call);
        }
        match self.chance.below(3) {
            0 => self.state(desktop, "<state>NOT_READY</state><reasonCodeId>1</reasonCodeId>"),
            _ => self.listen_to_somebody(desktop),
        }
    }

    pub(super) fn listen(&self, desktop: usize, to: &str) -> Click {
        self.new_dialog(desktop, "SILENT_MONITOR", to, "")
    }

    pub(super) fn barge(&self, desktop: usize, session: &str, to: &str) -> Click {
        let uri = format!("<associatedDialogUri>/finesse/api/Dialog/{session}</associatedDialogUri>");
        self.new_dialog(desktop, "BARGE_CALL", to, &uri)
    }

    /// The dialog by which he listens.
    fn session(&self, desktop: usize) -> Option<Document> {
        let own = self.extension(desktop);
        let dialogs = &self.world.desktop(desktop)?.shown().dialogs;
        let listens = |dialog: &&Document| {
            let media = dialog.element.child("mediaProperties");
            let call_type = media.and_then(|media| media.child_text("callType"));
            call_type.as_deref() == Some("SUPERVISOR_MONITOR") && dialog.text("fromAddress") == own
        };
        dialogs.values().find(listens).cloned()
    }

    /// A call of his own, most of the time.
    fn call_to_leave(&mut self, desktop: usize) -> Option<String> {
        let own = self.extension(desktop);
        let dialogs = &self.world.desktop(desktop)?.shown().dialogs;
        let may_leave = |dialog: &&Document| dialog.actions(&own).contains("DROP");
        let call = dialogs.values().find(may_leave).map(|dialog| dialog.id.clone());
        call.filter(|_| !self.chance.one_in(4))
    }

    /// Mostly one who has a call.
    fn listen_to_somebody(&mut self, desktop: usize) -> Click {
        let has_call = |other: &usize| {
            let shown = self.world.desktop(*other).map(|desktop| !desktop.shown().dialogs.is_empty());
            shown.unwrap_or_default() && *other != desktop
        };
        let busy: Vec<usize> = (0..self.world.desktops()).filter(has_call).collect();
        let somebody = self.desktop();
        let colleague = self.chance.pick(&busy).copied().unwrap_or(somebody);
        let to = self.extension(colleague);
        self.listen(desktop, &to)
    }

    fn stop(&self, desktop: usize, dialog: &str) -> Click {
        let own = target(&self.extension(desktop));
        let body = format!("<Dialog><requestedAction>DROP</requestedAction>{own}</Dialog>");
        Click { desktop, method: "PUT", path: format!("/finesse/api/Dialog/{dialog}"), body, offered: true }
    }

    fn new_dialog(&self, desktop: usize, action: &str, to: &str, more: &str) -> Click {
        let from = self.extension(desktop);
        let path = format!("/finesse/api/User/{}/Dialogs", self.id(desktop));
        let body = format!(
            "<Dialog><requestedAction>{action}</requestedAction><fromAddress>{from}</fromAddress>\
             <toAddress>{to}</toAddress>{more}</Dialog>"
        );
        Click { desktop, method: "POST", path, body, offered: true }
    }
}
